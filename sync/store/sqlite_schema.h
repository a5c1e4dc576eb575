// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The tables of SqliteStore, as steps from one version to the next. docs/storage-format.md explains every
// column.
//
// Shape:   all tables are STRICT; those whose key is the natural one are WITHOUT ROWID. Long blobs stand last
// in their row, and
//          envelopes have a table of their own, so a segment's change of state does not write its bytes
//          again.
// Limits:  integers have 63 bits (kUnanswered = 2^62 is the largest in use). A run has at most kSegmentOpsMax
// ops.
#pragma once

#include <array>

#include "sync/storage/database.h"

namespace hezhang::sync {

inline constexpr const char* kSchema1 = R"sql(
CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lane(
    lane BLOB PRIMARY KEY,
    scope TEXT NOT NULL,
    device BLOB NOT NULL,
    is_mine INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    seed BLOB NOT NULL,
    branch INTEGER NOT NULL,
    tip INTEGER NOT NULL,
    tip_segment BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lane_open ON lane(scope) WHERE is_open = 1;

CREATE TABLE branch(
    id INTEGER PRIMARY KEY,
    lane BLOB NOT NULL,
    parent INTEGER NOT NULL,
    fork INTEGER NOT NULL,
    tip INTEGER NOT NULL
) STRICT;
CREATE INDEX branch_lane ON branch(lane);

CREATE TABLE segment(
    serial INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    lane BLOB NOT NULL,
    scope TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    previous BLOB NOT NULL,
    state INTEGER NOT NULL,
    position INTEGER NOT NULL,
    is_mine INTEGER NOT NULL
) STRICT;
CREATE INDEX segment_lane ON segment(lane, first);
CREATE INDEX segment_scope ON segment(scope);
CREATE INDEX segment_outside ON segment(state) WHERE state <> 0;

CREATE TABLE envelope(
    serial INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE run(
    branch INTEGER NOT NULL,
    span INTEGER NOT NULL,
    first INTEGER NOT NULL,
    segment BLOB NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY(branch, span, first, segment)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_segment ON run(segment, first);

CREATE TABLE tail(
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    id BLOB NOT NULL,
    rank INTEGER NOT NULL,
    op BLOB NOT NULL,
    PRIMARY KEY(branch, counter)
) STRICT, WITHOUT ROWID;

CREATE TABLE record(
    id BLOB PRIMARY KEY,
    register TEXT NOT NULL,
    scope TEXT NOT NULL,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_register ON record(register);

CREATE TABLE live(
    record BLOB NOT NULL,
    field TEXT NOT NULL,
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    person BLOB NOT NULL,
    at INTEGER NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY(record, field, branch, counter)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX live_op ON live(branch, counter, record);
CREATE INDEX live_element ON live(field, value, record) WHERE kind = 2;

CREATE TABLE hidden(
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    by_branch INTEGER NOT NULL,
    by_counter INTEGER NOT NULL,
    PRIMARY KEY(branch, counter, by_branch, by_counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX hidden_by ON hidden(by_branch, by_counter);

CREATE TABLE early(
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY(branch, counter)
) STRICT, WITHOUT ROWID;

CREATE TABLE named(
    record BLOB NOT NULL,
    by_branch INTEGER NOT NULL,
    by_counter INTEGER NOT NULL,
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY(record, by_branch, by_counter, branch, counter)
) STRICT, WITHOUT ROWID;

CREATE TABLE aside(
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    record BLOB NOT NULL,
    field TEXT NOT NULL,
    reason INTEGER NOT NULL,
    is_mine INTEGER NOT NULL,
    PRIMARY KEY(branch, counter)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry(
    position INTEGER PRIMARY KEY,
    page INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE page(
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE head(
    size INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE orphan(
    position INTEGER NOT NULL,
    page INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(position, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE device(
    device BLOB PRIMARY KEY,
    public_key BLOB NOT NULL,
    person BLOB NOT NULL,
    unit BLOB NOT NULL,
    role TEXT NOT NULL,
    enrolled_at INTEGER NOT NULL,
    is_revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE node(
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY(level, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX node_leaf ON node(hash) WHERE level = 0;

CREATE TABLE want(
    held BLOB PRIMARY KEY,
    want BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX want_want ON want(want);

CREATE TABLE quarantine(
    hash BLOB PRIMARY KEY,
    device BLOB NOT NULL,
    reason INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_device ON quarantine(device);

CREATE TABLE restricted(
    position INTEGER PRIMARY KEY,
    author BLOB NOT NULL
) STRICT;

CREATE TABLE released(
    before INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY(before, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation(
    code_id BLOB PRIMARY KEY,
    code_key BLOB NOT NULL,
    person BLOB NOT NULL,
    unit BLOB NOT NULL,
    role TEXT NOT NULL,
    person_name TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Who has invited: of the invitations that were there, the operator.
inline constexpr const char* kSchema2 =
    "ALTER TABLE invitation ADD COLUMN invited_by BLOB NOT NULL DEFAULT x'00000000000000000000000000000000'";

// Ops whose segments are here in outline only.
inline constexpr const char* kSchema3 = R"sql(
CREATE TABLE loose(
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    role INTEGER NOT NULL,
    id BLOB NOT NULL,
    rank INTEGER NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    op BLOB NOT NULL,
    PRIMARY KEY(branch, counter)
) STRICT, WITHOUT ROWID;
)sql";

// The values of a cell together (cell_rows.h), with what hides them; set elements in a table of their own, to
// be found by their value.
inline constexpr const char* kSchema4 = R"sql(
CREATE TABLE cell(
    record BLOB NOT NULL,
    field TEXT NOT NULL,
    part INTEGER NOT NULL,
    assigns INTEGER NOT NULL,
    rows BLOB NOT NULL,
    PRIMARY KEY(record, field, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_several ON cell(record) WHERE assigns > 1 OR part > 0 OR field = 'deleted';

CREATE TABLE element(
    field TEXT NOT NULL,
    value BLOB NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY(field, value, record)
) STRICT, WITHOUT ROWID;

DROP INDEX hidden_by;
ALTER TABLE hidden RENAME TO hidden_before;
CREATE TABLE hidden(
    record BLOB NOT NULL,
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    by_branch INTEGER NOT NULL,
    by_counter INTEGER NOT NULL,
    PRIMARY KEY(record, branch, counter, by_branch, by_counter)
) STRICT, WITHOUT ROWID;
)sql";

// Of version 5: own unanswered ops that may hide values of other cells than their own. The step to version 4
// needs it too: what it packs is written as this program writes.
inline constexpr const char* kCrossingTable = R"sql(
CREATE TABLE IF NOT EXISTS crossing(
    record BLOB NOT NULL,
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY(record, branch, counter)
) STRICT, WITHOUT ROWID;
)sql";

// From `live` and `hidden_before`, which then go.
[[nodiscard]] Result<void> packCells(storage::Database& database);

// Hidden unanswered values become bare (store.h). What hid something before may cross: it is not known.
[[nodiscard]] Result<void> makeCellsBare(storage::Database& database);

// So that a changed bit in what is noted by name is noticed. 0: noted before there was a sum.
inline constexpr const char* kSchema6 = "ALTER TABLE meta ADD COLUMN sum INTEGER NOT NULL DEFAULT 0";

// The same of what a record is. 0: put before there was a sum.
inline constexpr const char* kSchema7 = "ALTER TABLE record ADD COLUMN sum INTEGER NOT NULL DEFAULT 0";

inline constexpr std::array kMigrations{storage::Migration{1, kSchema1},
                                        storage::Migration{2, kSchema2},
                                        storage::Migration{3, kSchema3},
                                        storage::Migration{4, kSchema4, packCells},
                                        storage::Migration{5, kCrossingTable, makeCellsBare},
                                        storage::Migration{6, kSchema6},
                                        storage::Migration{7, kSchema7}};

}  // namespace hezhang::sync
