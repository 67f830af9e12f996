from apps.notices.models import Notice
from tests.factories.notices import NoticeFactory


def test_staff_see_what_they_were_told_and_mark_it_read(staff):
    client = staff()
    told = NoticeFactory(user=client.user, params={"text": "青禾科技"})
    NoticeFactory(params={"text": "别人的"})

    page = client.get("/admin/notices/").content.decode()

    assert "青禾科技" in page
    assert "别人的" not in page
    assert f"/admin/signatures/signature/{told.subject_id}/change/" in page
    client.post(f"/admin/notices/{told.pk}/read/")
    assert Notice.objects.unread().count() == 1


def test_the_navigation_counts_what_is_unread(staff):
    client = staff()
    for _notice in range(7):
        NoticeFactory(user=client.user)

    page = client.get("/admin/notices/").content.decode()
    client.post("/admin/notices/read/")

    assert ">7<" in "".join(page.split())
    assert ">7<" not in "".join(client.get("/admin/notices/").content.decode().split())


def test_anothers_notice_is_not_found(staff):
    assert staff().post(f"/admin/notices/{NoticeFactory().pk}/read/").status_code == 404
