"""Why a file is refused, and what the person who sent it can do about it."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError


class UploadEmptyError(DomainError):
    """The file has no bytes."""

    code = "upload_empty"
    message = _("The file is empty. Choose the scan or photo again.")


class UploadTooLargeError(DomainError):
    """More than the setting UPLOAD_MAX_MEGABYTES allows."""

    code = "upload_too_large"
    message = _("The file is larger than %(megabytes)s MB. Scan it at 300 dpi or less.")


class UploadTypeError(DomainError):
    """Neither PDF nor JPEG nor PNG by its content, whatever its name says."""

    code = "upload_type_not_allowed"
    message = _("The content is not that of a PDF, JPEG or PNG file. Scan or photograph the paper.")


class UploadWebPageError(UploadTypeError):
    """HTML, SVG, XML or a script."""

    code = "upload_web_page"
    message = _("This is a web page, an SVG drawing or a script. Print the page to a PDF.")


class UploadOfficeError(UploadTypeError):
    """A document of Word, WPS, Excel or the like."""

    code = "upload_office_document"
    message = _("This is an office document. Save it as PDF and upload that.")


class UploadOtherImageError(UploadTypeError):
    """GIF, TIFF, BMP, WebP, HEIC and so on."""

    code = "upload_other_image"
    message = _("This kind of image is not accepted. Save it as JPEG or PNG and upload that.")


class UploadArchiveError(UploadTypeError):
    """ZIP, RAR and so on."""

    code = "upload_archive"
    message = _("This is an archive. Unpack it and upload the scan that is in it.")


class UploadProgramError(UploadTypeError):
    """A program for Windows, Linux, macOS or Java."""

    code = "upload_program"
    message = _("This is a program. Scan or photograph the paper, and check your computer.")


class UploadDisguisedError(UploadTypeError):
    """A PDF with something before it, which other programs may take for the file."""

    code = "upload_disguised"
    message = _("The file is a PDF with something else before it. Print it to a new PDF.")


class UploadBrokenError(DomainError):
    """It begins like one of the types and cannot be opened."""

    code = "upload_broken"
    message = _("The file cannot be opened. It may be cut off: save it again and repeat.")


class UploadEncryptedError(DomainError):
    """A PDF under a password."""

    code = "upload_encrypted"
    message = _("The PDF is protected by a password. Save it without one and upload it again.")


class UploadActiveError(DomainError):
    """A PDF with scripts, attachments, or forms that send."""

    code = "upload_active_content"
    message = _("The PDF holds scripts, attachments or forms that send. Print it to a new PDF.")


class UploadTooComplexError(DomainError):
    """Too many pixels, pages or objects, or more time and memory than a scan ever takes."""

    code = "upload_too_complex"
    message = _("The file has too many pixels or pages. Scan only the page asked for, at 300 dpi.")


class UploadInfectedError(DomainError):
    """The virus scanner knows it; `virus` is its name there."""

    code = "upload_infected"
    message = _(
        "The virus scanner found %(virus)s in the file. Clean your computer and scan the paper anew."
    )


class UploadNotCheckedError(DomainError):
    """The virus scanner, or the process that opens files, is out of reach."""

    code = "upload_not_checked"
    message = _("The file cannot be checked at the moment. Try again in a few minutes.")


BY_CODE: dict[str, type[DomainError]] = {
    error.code: error
    for error in (
        UploadTypeError,
        UploadWebPageError,
        UploadOfficeError,
        UploadOtherImageError,
        UploadArchiveError,
        UploadProgramError,
        UploadDisguisedError,
        UploadBrokenError,
        UploadEncryptedError,
        UploadActiveError,
        UploadTooComplexError,
    )
}
