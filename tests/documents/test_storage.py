import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm.attributes import set_committed_value

from portal.authorisation.actor import authority_scope
from portal.database import acting_as
from portal.documents.models import StoredFileChunk
from portal.documents.storage import CHUNK_BYTES, FileDamaged, content_of, store
from tests.support import factories as make

CONTENT = b"A family's document. " * 40_000  # four chunks


@pytest.fixture
def kept(db):
    """Work in an authority's scope; gives its id."""
    authority = make.make_authority()
    with acting_as(authority_scope(authority.id)):
        yield authority.id


def _chunks(db, stored):
    query = select(StoredFileChunk).where(StoredFileChunk.file_id == stored.id)
    return db.scalars(query.order_by(StoredFileChunk.number)).all()


def test_content_comes_back_as_it_was_stored(db, kept):
    stored = store(kept, "application/pdf", CONTENT)
    assert content_of(stored.id) == CONTENT
    assert stored.size == len(CONTENT)
    assert len(_chunks(db, stored)) == -(-len(CONTENT) // CHUNK_BYTES)


def test_nothing_stands_in_the_clear(db, kept):
    stored = store(kept, "application/pdf", CONTENT)
    assert all(b"family" not in chunk.content_sealed for chunk in _chunks(db, stored))


def test_an_empty_file_is_a_file(kept):
    assert content_of(store(kept, "application/pdf", b"").id) == b""


def test_a_changed_checksum_is_noticed(kept):
    stored = store(kept, "application/pdf", CONTENT)
    set_committed_value(stored, "checksum", bytes(32))  # as if it had been read so
    with pytest.raises(FileDamaged):
        content_of(stored.id)


def test_a_chunk_moved_to_another_place_is_noticed(db, kept):
    stored = store(kept, "application/pdf", CONTENT)
    sealed = _chunks(db, stored)[0].content_sealed
    other = store(kept, "application/pdf", b"short")
    db.add(StoredFileChunk(authority_id=kept, file_id=other.id, number=2, content_sealed=sealed))
    db.flush()
    with pytest.raises(FileDamaged):
        content_of(other.id)


def test_a_chunk_cannot_be_changed(db, kept):
    stored = store(kept, "application/pdf", CONTENT)
    with pytest.raises(ProgrammingError, match="permission denied"), db.begin_nested():
        db.execute(update(StoredFileChunk).where(StoredFileChunk.file_id == stored.id).values(number=9))


def test_a_file_that_is_not_there_is_damaged(kept):
    with pytest.raises(FileDamaged):
        content_of(kept)
