"""Saving while typing, in a browser: what the page says is true, and nothing typed is lost."""

import pytest

pytestmark = pytest.mark.browser

HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def status(page):
    return page.locator("[data-save-status]")


def test_typing_is_saved_after_a_pause_as_it_stands(app, page, address):
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("first ")

    assert status(page).inner_text() == "Not saved yet"
    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=6000)
    saved = app.config["SAVES"][-1]
    assert saved["reason"] == "first "
    assert saved["last_seen-day"] == ""
    assert page.locator("input[name=revision]").input_value() == "1"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not page.complaints


def test_leaving_a_field_saves_at_once(app, page, address):
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("word")
    page.keyboard.press("Tab")

    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=1500)
    assert app.config["SAVES"][-1]["reason"] == "word"


def test_steady_typing_is_saved_before_it_pauses(app, page, address):
    page.clock.install()
    page.goto(address + "/autosaved")
    page.wait_for_load_state("networkidle")
    for _ in range(11):
        page.get_by_label("Reason").type("x")
        page.clock.run_for(1000)
    page.wait_for_timeout(300)

    assert app.config["SAVES"]


def test_a_failure_is_told_and_mended_without_a_word_lost(app, page, address):
    app.config["ANSWERS"].extend([500, 503])
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("kept")
    page.keyboard.press("Tab")

    status(page).get_by_text("Not saved. Keep this page open.").wait_for(timeout=3000)
    assert not app.config["SAVES"]
    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=9000)
    assert app.config["SAVES"][-1]["reason"] == "kept"


def test_no_network_reads_as_not_saved(app, page, address):
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.context.set_offline(True)
    page.get_by_label("Reason").type("kept")
    page.keyboard.press("Tab")
    status(page).get_by_text("Not saved. Keep this page open.").wait_for(timeout=3000)

    page.context.set_offline(False)

    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=9000)
    assert app.config["SAVES"][-1]["reason"] == "kept"


def test_signed_out_asks_to_sign_in_beside_and_then_saves(app, page, address):
    app.config["ANSWERS"].append(401)
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("kept")
    page.keyboard.press("Tab")

    link = status(page).get_by_role("link", name="Sign in (opens in a new tab)")
    link.wait_for(timeout=3000)
    assert link.get_attribute("href") == "/sign-in"
    assert "Not saved. Keep this page open." in status(page).inner_text()
    page.context.clear_cookies()  # whoever signs in again has another session, and this page's token is stale
    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=9000)
    assert app.config["SAVES"][-1]["reason"] == "kept"


def test_the_button_does_not_leave_while_signed_out_and_works_after_signing_in(app, page, address):
    app.config["ANSWERS"].extend([401, 401])
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("kept")
    page.keyboard.press("Tab")
    status(page).get_by_role("link").wait_for(timeout=3000)

    button = page.get_by_role("button", name="Save and continue")
    button.click()
    status(page).get_by_text("Not saved and not sent.").wait_for(timeout=3000)
    assert "come back here and press the button again" in status(page).inner_text()
    assert status(page).get_by_role("link").get_attribute("target") == "_blank"
    assert page.url == address + "/autosaved"
    assert page.get_by_label("Reason").input_value() == "kept"
    assert page.locator("p[role=status]").last.inner_text().startswith("Not saved and not sent.")

    button.click()  # signed in again: the next save is answered with 200
    page.wait_for_url(address + "/")
    assert [save["reason"] for save in app.config["SAVES"]] == ["kept", "kept"]
    assert app.config["SAVES"][-1]["by"] == "button"


@pytest.mark.parametrize("answer", [401, 503])
def test_the_button_pressed_before_any_save_stays_when_that_save_fails(app, page, address, answer):
    app.config["ANSWERS"].append(answer)
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.evaluate("document.querySelector('#reason').focus()")
    page.keyboard.type("kept")
    page.evaluate("document.querySelector('form[data-autosave-url]').requestSubmit()")

    status(page).get_by_text("Not saved and not sent.").wait_for(timeout=3000)
    assert page.url == address + "/autosaved"
    assert not app.config["SAVES"]


def test_a_save_that_the_server_refuses_for_good_does_not_hold_the_button_back(app, page, address):
    app.config["ANSWERS"].extend([422] * 5)
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("kept")
    page.get_by_role("button", name="Save and continue").click()

    page.wait_for_url(address + "/")
    assert app.config["SAVES"][-1]["by"] == "button"


def wait_for_save(app, page, words):
    for _ in range(20):  # within a second: before the pause that saves anyway
        if any(save["reason"] == words for save in app.config["SAVES"]):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{words!r} is not among {[save['reason'] for save in app.config['SAVES']]}")


def test_leaving_the_page_saves_what_was_typed_last(app, page, address):
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("typed and gone")
    page.goto(address + "/document")

    wait_for_save(app, page, "typed and gone")


def test_closing_the_tab_saves_what_was_typed_last(app, page, address):
    beside = page.context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("typed and gone")
    page.close(run_before_unload=True)

    wait_for_save(app, beside, "typed and gone")


def test_hiding_the_page_saves_at_once_and_it_can_go_on(app, page, address):
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("looked elsewhere")
    page.evaluate(HIDE)

    wait_for_save(app, page, "looked elsewhere")
    status(page).get_by_text("Saved 14:02", exact=True).wait_for(timeout=3000)


def test_leaving_beside_a_save_on_its_way_sends_the_newest_words(app, page, address):
    held = []
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.route("**/save", lambda route: held.append(route) if not held else route.continue_())
    page.get_by_label("Reason").type("old")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    page.get_by_label("Reason").type(" and new")
    page.evaluate(HIDE)

    wait_for_save(app, page, "old and new")
    held[0].continue_()


def test_a_long_text_is_saved_on_hiding_too(app, page, address):
    """A browser carries no more than 64 KiB beyond the end of a page, and refuses to begin with more."""
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").fill("é" * 30_000)
    page.evaluate(HIDE)

    wait_for_save(app, page, "é" * 30_000)


def test_a_section_changed_by_another_stops_and_shows_the_way(app, page, address):
    app.config["ANSWERS"].append(409)
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.get_by_label("Reason").type("mine")
    page.keyboard.press("Tab")

    status(page).get_by_text("Somebody else changed this section").wait_for(timeout=3000)
    assert status(page).get_by_role("link").get_attribute("href") == "/form"
    page.get_by_label("Reason").type(" more")
    page.keyboard.press("Tab")
    page.wait_for_timeout(2500)
    assert not app.config["SAVES"]
    assert "Not saved" in status(page).inner_text()


def test_the_button_waits_for_a_save_on_its_way(app, page, address):
    page.goto(address + "/autosaved", wait_until="networkidle")
    page.route("**/save", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.get_by_label("Reason").type("all of it")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(address + "/")

    by_script, by_button = app.config["SAVES"]
    assert by_script["reason"] == by_button["reason"] == "all of it"
    assert by_button["revision"] == "1"
