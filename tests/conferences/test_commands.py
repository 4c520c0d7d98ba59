import pytest
from sqlalchemy import func, select

from portal.conferences.list_models import ConferenceList
from portal.conferences.models import Conference
from portal.database import acting_as, commit
from tests.support.lists.list_samples import list_of, rows_of_one_conference, sample


@pytest.fixture
def run(app, ground, tmp_path):
    def run(raw, *options):
        file = tmp_path / "list.csv"
        file.write_bytes(raw)
        return app.test_cli_runner().invoke(args=["conferences", "import", str(file), *options])

    return run


def stored(db, ground):
    with acting_as(ground.scope):
        return db.scalar(select(func.count()).select_from(Conference))


def test_a_sound_list_goes_in_and_the_last_line_counts(db, ground, run):
    result = run(sample("conferences.csv"))
    count = stored(db, ground)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{count} conferences new, 0 changed, 0 unchanged, 0 left out"]


def test_each_defect_is_one_line_and_sound_conferences_go_in(db, ground, run):
    result = run(sample("conferences-with-defects.csv"), "--authority", ground.authority.code)
    told = sample("conferences-with-defects.txt").decode().splitlines()
    stopping = [line for line in told if "no defect" not in line]
    for line in stopping:
        place = line.partition(":")[0]
        assert any(each.startswith(f"{place}: ") for each in result.stdout.splitlines())
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(stopping) + 1
    assert stored(db, ground) > 0


def test_a_dry_run_writes_nothing(db, ground, run):
    result = run(sample("conferences.csv"), "--dry-run")
    assert result.stdout.splitlines()[-1].endswith("conferences new, 0 changed, 0 unchanged, 0 left out")
    assert stored(db, ground) == 0
    with acting_as(ground.scope):
        assert db.scalar(select(ConferenceList)) is None


def test_what_is_no_list_ends_with_status_1(ground, run):
    assert run(b"not a list").exit_code == 1


def test_an_unknown_authority_is_named(ground, run):
    result = run(sample("conferences.csv"), "--authority", "NONE")
    assert result.exit_code == 2
    assert "NONE" in result.stderr


def test_protection_is_not_lifted_without_being_asked(db, ground, run):
    rows = rows_of_one_conference()
    rows[2] |= {"must_not_see": "P1 P2"}
    ground.take_over(list_of(rows))
    commit()
    rows[2] |= {"must_not_see": "P2"}
    refused = run(list_of(rows))
    assert refused.exit_code == 1
    assert "protected less in C-1" in refused.stderr
    assert "Sam" not in refused.output
    assert (
        run(list_of(rows), "--lift-protection")
        .stdout.splitlines()[-1]
        .startswith("0 conferences new, 1 changed")
    )
