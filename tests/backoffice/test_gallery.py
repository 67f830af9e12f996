def test_shows_every_component(staff):
    page = staff().get("/admin/gallery/").content.decode()

    assert all(
        part in page
        for part in (
            "card-head",
            "empty-title",
            "status-waiting",
            "errorlist",
            "¥10,000.00",
            "¥0.045",
        )
    )
