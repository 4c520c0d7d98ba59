"""Reads the trail as its owner, and counts a chain over again."""

from sqlalchemy import text

AGAIN = text(
    "SELECT number, action, hash, previous_hash, sha256(previous_hash || convert_to(jsonb_build_array("
    " id, chain_id, number, extract(epoch from happened_at), user_id, organisation_id, role, action,"
    " target_kind, target_id, request_id, details,"
    " (SELECT coalesce(jsonb_agg(person_id ORDER BY person_id), '[]') FROM record_access_person r"
    "  WHERE r.event_id = audit_event.id))::text, 'UTF8')) AS counted"
    " FROM audit_event WHERE chain_id = :chain ORDER BY number"
)


def faults_of_chain(connection, chain_id) -> list[str]:
    """What is wrong with one chain: a gap, a changed event, an event that does not follow the last."""
    faults, last, number = [], b"", 0
    for row in connection.execute(AGAIN, {"chain": chain_id}):
        number += 1
        if row.number != number:
            faults.append(f"event {row.number} stands where {number} should")
            number = row.number
        if bytes(row.previous_hash) != last:
            faults.append(f"event {row.number} does not follow the one before it")
        if bytes(row.hash) != bytes(row.counted):
            faults.append(f"event {row.number} was changed")
        last = bytes(row.hash)
    head = connection.execute(
        text("SELECT last_number, last_hash FROM audit_chain WHERE id = :chain"), {"chain": chain_id}
    ).one_or_none()
    if head and (head.last_number != number or bytes(head.last_hash) != last):
        faults.append("the head is not the last event")
    return faults


def actions_of(connection, chain_id) -> list[str]:
    return [row.action for row in connection.execute(AGAIN, {"chain": chain_id})]
