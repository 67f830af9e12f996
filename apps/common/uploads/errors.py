"""Why a file is refused, and what the person who sent it can do about it."""

from django.utils.translation import gettext_lazy as _

from apps.common.errors import (
    DomainError,
    InvalidError,
    TooLargeError,
    UnavailableError,
    WrongTypeError,
)

SCAN = _("Scan or photograph the paper as PDF, JPEG or PNG at about 300 dpi and upload it again.")


class UploadEmptyError(InvalidError):
    """The file has no bytes."""

    code = "upload_empty"
    message = _("The file is empty. Choose the scan or photo again.")
    cure = SCAN


class UploadTooLargeError(TooLargeError):
    """More than the setting UPLOAD_MAX_MEGABYTES allows."""

    code = "upload_too_large"
    message = _("The file is larger than %(megabytes)s MB. Scan it at 300 dpi or less.")
    cure = SCAN


class UploadTypeError(WrongTypeError):
    """Neither PDF nor JPEG nor PNG by its content, whatever its name says."""

    code = "upload_type_not_allowed"
    message = _("The content is not that of a PDF, JPEG or PNG file. Scan or photograph the paper.")
    cure = SCAN


class UploadWebPageError(UploadTypeError):
    """HTML, SVG, XML or a script."""

    code = "upload_web_page"
    message = _("This is a web page, an SVG drawing or a script. Print the page to a PDF.")
    cure = _("Print the page to a PDF in your browser and upload that.")


class UploadOfficeError(UploadTypeError):
    """A document of Word, WPS, Excel or the like."""

    code = "upload_office_document"
    message = _("This is an office document. Save it as PDF and upload that.")
    cure = _("Save the document as PDF, or print, stamp and scan it.")


class UploadOtherImageError(UploadTypeError):
    """GIF, TIFF, BMP, WebP, HEIC and so on."""

    code = "upload_other_image"
    message = _("This kind of image is not accepted. Save it as JPEG or PNG and upload that.")
    cure = _("Open the image and save it as JPEG or PNG.")


class UploadArchiveError(UploadTypeError):
    """ZIP, RAR and so on."""

    code = "upload_archive"
    message = _("This is an archive. Unpack it and upload the scan that is in it.")
    cure = _("Unpack the archive and upload the files in it one by one.")


class UploadProgramError(UploadTypeError):
    """A program for Windows, Linux, macOS or Java."""

    code = "upload_program"
    message = _("This is a program. Scan or photograph the paper, and check your computer.")
    cure = _("Look which file you chose. If it was the scan, check your computer.")


class UploadDisguisedError(UploadTypeError):
    """A PDF with something before it, which other programs may take for the file."""

    code = "upload_disguised"
    message = _("The file is a PDF with something else before it. Print it to a new PDF.")
    cure = _("Open the file and print it to a new PDF, then upload that.")


class UploadBrokenError(InvalidError):
    """It begins like one of the types and cannot be opened."""

    code = "upload_broken"
    message = _("The file cannot be opened. It may be cut off: save it again and repeat.")
    cure = SCAN


class UploadEncryptedError(InvalidError):
    """A PDF under a password."""

    code = "upload_encrypted"
    message = _("The PDF is protected by a password. Save it without one and upload it again.")
    cure = _("Save the PDF without a password and upload it again.")


class UploadActiveError(InvalidError):
    """A PDF with scripts, attachments, or forms that send."""

    code = "upload_active_content"
    message = _("The PDF holds scripts, attachments or forms that send. Print it to a new PDF.")
    cure = _("Print the document to a new PDF and upload that.")


class UploadTooComplexError(InvalidError):
    """Too many pixels, pages or objects, or more time and memory than a scan ever takes."""

    code = "upload_too_complex"
    message = _("The file has too many pixels or pages. Scan only the page asked for, at 300 dpi.")
    cure = SCAN


class UploadInfectedError(InvalidError):
    """The virus scanner knows it; `virus` is its name there."""

    code = "upload_infected"
    message = _(
        "The virus scanner found %(virus)s in the file. Clean your computer and scan the paper anew."
    )
    cure = _("Check your computer with a virus scanner, then scan the paper anew.")


class UploadNotCheckedError(UnavailableError):
    """The virus scanner, or the process that opens files, is out of reach."""

    code = "upload_not_checked"
    retry_after_seconds = 120
    message = _("The file cannot be checked at the moment. Try again in a few minutes.")
    cure = _("Wait a few minutes and repeat. If it stays, tell us.")


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
