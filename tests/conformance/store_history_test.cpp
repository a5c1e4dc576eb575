// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Both stores, any sequence of writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/conformance/store_rows.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::sync {
namespace {

using test::TemporaryFolder;

using Arguments = std::array<unsigned, 4>;

// One step of a random history: which write, and with what. Numbers are small, so rows collide often.
struct Step {
    unsigned write = 0;
    Arguments arguments{};
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
    out << step.write << '(';
    for (const unsigned argument : step.arguments) {
        out << argument << ' ';
    }
    return out << ')';
}

OpRef refOf(unsigned number) {
    return {1 + number % 2, 1 + number / 2};
}
Bytes bytesOf(unsigned a, unsigned b) {
    return Bytes(a, static_cast<std::uint8_t>(b));
}
std::string fieldOf(unsigned number) {
    return std::string(number, 'f');
}
// An op stands in one cell.
std::string fieldOfOp(unsigned number) {
    return fieldOf(number % 3);
}

// The next op of a branch; the first of a tail may have any number.
std::string addTail(Store& store, const Arguments& a) {
    const auto branch = must(store.branch(1 + a[0] % 3));
    if (!branch) {
        return text(store.addBranch({0, laneOf(a[0]), 0, 1, a[1]}));
    }
    OpCounter counter = a[1];
    for (const TailRow& row : must(store.tail(branch->lane))) {
        counter = row.ref.branch == branch->id ? row.ref.counter + 1 : counter;
    }
    Op op{counter, recordOf(a[2]), fieldOf(a[3]), OpKind::remove, Value::integer(a[2]), recordOf(a[3]), a[2],
          {}};
    op.seen.resize(a[3], {{laneOf(a[2]), a[1]}, hashOf(a[3])});
    return text(
        store.addTail({{branch->id, counter}, branch->lane, op, hashOf(a[2]), static_cast<Rank>(a[3])}));
}

std::string addRun(Store& store, const Arguments& a) {
    static constexpr OpCounter kLengths[] = {1, 15, 16, 17, 128, 1024};
    const OpCounter first = 1 + a[1] * 9;
    return text(store.addRun({1 + a[0] % 2, first, first + kLengths[(a[1] + a[2]) % 6] - 1, hashOf(a[2])}));
}

LaneRow laneRowOf(const Arguments& a) {
    return {laneOf(a[0]),
            fieldOf(a[1] % 2),
            idOf<DeviceId>(1),
            a[2] % 2 == 0,
            a[2] / 2 == 0,
            idOf<Seed>(a[3]),
            a[3],
            a[3],
            hashOf(a[3])};
}

SegmentRow segmentRowOf(const Arguments& a) {
    SegmentRow row = segmentRow(a[0], static_cast<SegmentState>(a[1]));
    row.lane = laneOf(a[2] % 2);
    row.scope = fieldOf(a[2]);
    row.first = 1 + a[3];
    row.isMine = a[3] % 2 == 0;
    row.envelope = bytesOf(a[3], a[2]);
    return row;
}

LiveRow liveRowOf(const Arguments& a) {
    LiveRow row = liveRow(a[0] % 3, fieldOfOp(a[2]), refOf(a[2]), {a[3] == 3 ? kUnanswered : a[3], a[1] % 2});
    row.kind = a[3] % 2 == 0 ? OpKind::add : OpKind::assign;
    row.value = Value::integer(a[1]);
    return row;
}

using Write = std::string (*)(Store&, const Arguments&);
constexpr Write kWrites[] = {
    [](Store& s, const Arguments& a) { return text(s.setMeta(fieldOf(a[0]), bytesOf(a[1], a[2]))); },
    [](Store& s, const Arguments& a) { return text(s.putLane(laneRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.addBranch({0, laneOf(a[0]), a[1], a[2], a[3]}));
    },
    [](Store& s, const Arguments& a) { return text(s.setTip(a[0], a[1])); },
    [](Store& s, const Arguments& a) { return text(s.putSegment(segmentRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.setSegmentState(hashOf(a[0]), static_cast<SegmentState>(a[1]), a[2]));
    },
    addRun,
    addTail,
    addTail,
    [](Store& s, const Arguments& a) { return text(s.eraseTail(laneOf(a[0]), a[1])); },
    [](Store& s, const Arguments& a) { return text(s.putRecord(recordRow(a[0], fieldOf(1 + a[1] % 2)))); },
    [](Store& s, const Arguments& a) { return text(s.putLive(liveRowOf(a))); },
    [](Store& s, const Arguments& a) { return text(s.putLive(liveRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.eraseLive(recordOf(a[0] % 3), fieldOf(a[2] % 3), refOf(a[1])));
    },
    [](Store& s, const Arguments& a) {
        return text(s.hide(recordOf(a[2] % 3), fieldOfOp(a[1]), refOf(a[0]), refOf(a[1])));
    },
    [](Store& s, const Arguments& a) {
        return text(s.unhide(recordOf(a[1] % 3), fieldOfOp(a[0]), refOf(a[0])));
    },
    [](Store& s, const Arguments& a) { return text(s.handOn(recordOf(a[0] % 3), refOf(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.putEarly(refOf(a[0]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putNamed(recordOf(a[0] % 3), refOf(a[1]), refOf(a[2])));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseNamed(recordOf(a[0] % 3), refOf(a[1]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putAside(
            {refOf(a[0]), recordOf(a[1]), fieldOf(a[2]), static_cast<Reason>(a[3]), a[3] % 2 == 0}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseAside(refOf(a[0]))); },
    [](Store& s, const Arguments& a) { return a[0] == 0 ? text(s.clearProjection()) : ""; },
    [](Store& s, const Arguments& a) {
        return text(s.putEntry({a[0], bytesOf(a[1], a[2]), a[3]}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseEntriesFrom(a[0])); },
    [](Store& s, const Arguments& a) { return text(s.addPage(bytesOf(a[0], a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.putHead(headOf(a[0]))); },
    [](Store& s, const Arguments& a) { return text(s.eraseHeadsOver(a[0])); },
    [](Store& s, const Arguments& a) {
        return text(s.putOrphan({a[0], bytesOf(a[1], a[2]), a[3] % 2}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseOrphan(a[0], a[1] % 2)); },
    [](Store& s, const Arguments& a) { return text(s.putDevice(deviceRow(a[0], a[1]))); },
    [](Store& s, const Arguments& a) { return a[0] == 0 ? text(s.clearDevices()) : ""; },
    [](Store& s, const Arguments& a) { return text(s.putNode(a[0] % 2, a[1], hashOf(a[2]))); },
    [](Store& s, const Arguments& a) { return text(s.putWant(hashOf(a[0]), hashOf(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.eraseWant(hashOf(a[0]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putQuarantine(hashOf(a[0]), idOf<DeviceId>(a[1]), Reason::limit, bytesOf(a[2], a[3])));
    },
    [](Store& s, const Arguments& a) { return text(s.putRestricted(a[0], idOf<DeviceId>(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.release(a[0], a[1])); },
    [](Store& s, const Arguments& a) {
        return text(s.putInvitation({bytesOf(a[0], 1), bytesOf(a[1], 2), recordOf(a[2]), recordOf(a[3]),
                                     fieldOf(a[1]), fieldOf(a[2]), fieldOf(a[3]), a[2], idOf<DeviceId>(a[3]),
                                     idOf<DeviceId>(a[2])}));
    },
};
constexpr unsigned kBegin = std::size(kWrites);
constexpr unsigned kCommit = kBegin + 1;
constexpr unsigned kRollback = kBegin + 2;
constexpr unsigned kArgumentBound = 5;

// The answers of every reading method to every question that the random writes can have touched.
std::string everything(Store& s) {
    std::string all = text(s.lanes()) + text(s.asides()) + text(s.heads()) + text(s.orphans()) +
                      text(s.devices()) + text(s.wants()) + text(s.entries(1, 2)) +
                      text(s.entries(0, SIZE_MAX));
    for (const std::string registerName : {"", "f", "ff"}) {
        all += text(s.recordsOf(registerName)) + "\n";
        must(s.eachLive(registerName, [&](LiveRow&& row) { all += text(row); }));
        all += text(s.recordsNaming(registerName, "f"));
    }
    for (const std::string start : {"", "a", "ab0", "ab00", "AB03", "b"}) {
        all += text(s.recordsStartingWith(start));
    }
    for (unsigned i = 0; i <= 60; ++i) {
        all += text(s.branch(i)) + text(s.page(i)) + text(s.runsAt({1, i})) + text(s.runsAt({2, i * 17})) +
               text(s.runsOver(1, i, 3 * i)) + "\n";
    }
    for (unsigned i = 0; i < 2 * kArgumentBound; ++i) {
        all += text(s.isEarly(refOf(i))) + text(s.asideOf(refOf(i)));
        for (unsigned record = 0; record < 3; ++record) {
            all += text(s.liveRow(recordOf(record), fieldOf(record), refOf(i)));
        }
        for (std::int64_t branch = 1; branch <= 3; ++branch) {
            all += text(s.tailOp({branch, i}));
        }
        all += "\n";
    }
    for (unsigned i = 0; i < kArgumentBound; ++i) {
        all += text(s.meta(fieldOf(i))) + text(s.lane(laneOf(i))) + text(s.openLane(fieldOf(i))) +
               text(s.branches(laneOf(i))) + text(s.segment(hashOf(i))) + text(s.hasSegment(hashOf(i))) +
               text(s.runsOf(hashOf(i))) + text(s.segmentsIn(static_cast<SegmentState>(i))) +
               text(s.segmentsOfScope(fieldOf(i))) + text(s.segmentsOfLane(laneOf(i))) +
               text(s.segmentsWithoutText(i)) + text(s.looseAfter(refOf(i), i)) + text(s.tail(laneOf(i))) +
               text(s.tailCount(laneOf(i))) + text(s.record(recordOf(i))) + text(s.liveOf(recordOf(i))) +
               text(s.liveOfCell(recordOf(0), fieldOf(i))) + text(s.recordsWithSeveral(fieldOf(i))) +
               text(s.recordsHolding("f", Value::integer(i))) + text(s.addsOf(fieldOf(i))) +
               text(s.namedIn(recordOf(i))) + text(s.hiddenIn(recordOf(i))) + text(s.entry(i)) +
               text(s.device(idOf<DeviceId>(i))) + text(s.leafPosition(hashOf(i))) + text(s.node(0, i)) +
               text(s.node(1, i)) + text(s.heldFor(hashOf(i))) + text(s.restrictedTo(i)) +
               text(s.releasedBefore(i)) + text(s.releasePoints(0, i, i)) +
               text(s.invitation(bytesOf(i, 1))) + text(s.openInvitations(i, 3)) + "\n";
    }
    return all;
}

rc::Gen<std::vector<Step>> histories() {
    // A transaction ends about every eighth step.
    const auto writes = rc::gen::weightedOneOf<unsigned>({{20, rc::gen::inRange<unsigned>(0, kBegin)},
                                                          {2, rc::gen::just(kBegin)},
                                                          {1, rc::gen::just(kCommit)},
                                                          {1, rc::gen::just(kRollback)}});
    const auto step = rc::gen::build<Step>(
        rc::gen::set(&Step::write, writes),
        rc::gen::set(&Step::arguments,
                     rc::gen::container<Arguments>(rc::gen::inRange<unsigned>(0, kArgumentBound))));
    return rc::gen::scale(4, rc::gen::container<std::vector<Step>>(step));
}

// Runs the history on all stores, comparing every answer, and everything that can be read wherever a
// transaction ends.
void runOnAll(const std::vector<Step>& history, const std::vector<Store*>& stores) {
    const auto onAll = [&](const auto& act) {
        const std::string answer = act(*stores.front());
        for (std::size_t i = 1; i < stores.size(); ++i) {
            RC_ASSERT(act(*stores[i]) == answer);
        }
        return answer;
    };
    std::optional<std::string> before;  // what was read when the open transaction began
    for (const Step& step : history) {
        if (step.write < kBegin) {
            onAll([&](Store& store) { return kWrites[step.write](store, step.arguments); });
        } else if (!before) {
            before = onAll(everything);
            RC_ASSERT(onAll([](Store& store) { return text(store.begin()); }) == "done");
        } else if (step.write != kRollback) {
            RC_ASSERT(onAll([](Store& store) { return text(store.commit()); }) == "done");
            before.reset();
        } else {
            onAll([](Store& store) { return store.rollback(), std::string{}; });
            RC_ASSERT(onAll(everything) == *before);
            before.reset();
        }
    }
    if (before) {
        onAll(everything);
        onAll([](Store& store) { return store.rollback(), std::string{}; });
        RC_ASSERT(onAll(everything) == *before);
    }
    onAll(everything);
}

RC_GTEST_PROP(Stores, AgreeAfterAnyHistoryOfWritesAndRollbacks, ()) {
    const auto history = *histories();
    MemoryStore memory;
    const auto sqlite = sqliteStore();

    runOnAll(history, {&memory, sqlite.get()});
}

RC_GTEST_PROP(Stores, ASnapshotIsNotTouchedByLaterWrites, ()) {
    const auto before = *histories();
    const auto after = *histories();
    MemoryStore original;
    runOnAll(before, {&original});
    const std::string kept = everything(original);
    const MemoryStore::Snapshot snapshot = original.snapshot();
    MemoryStore clone(snapshot);

    runOnAll(after, {&original});

    RC_ASSERT(everything(clone) == kept);
    original.restore(snapshot);
    RC_ASSERT(everything(original) == kept);
}

// -- memory only

TEST(MemoryStore, RestoringInATransactionIsACrash) {
    MemoryStore store;
    must(store.setMeta("a", viewOf("committed")));
    const MemoryStore::Snapshot snapshot = store.snapshot();
    must(store.begin());
    must(store.setMeta("a", viewOf("open")));

    store.restore(snapshot);

    EXPECT_EQ(text(store.meta("a")), toHex(viewOf("committed")));
    must(store.begin());
    must(store.commit());
}

TEST(SqliteStore, ReopeningGivesEverythingBack) {
    const TemporaryFolder folder;
    std::string before;
    {
        const auto store = sqliteStore(folder / "a.db");
        must(store->begin());
        Arguments arguments{};
        for (unsigned i = 0; i < 40; ++i) {
            arguments = {i % 5, i / 2 % 5, (i + 3) % 5, i / 3 % 5};
            for (const Write write : kWrites) {
                if (write != kWrites[9]) {
                    write(*store, arguments);
                }
            }
        }
        must(store->commit());
        before = everything(*store);
        must(store->begin());
        must(store->setMeta("f", viewOf("not committed")));
    }

    const auto again = sqliteStore(folder / "a.db");

    EXPECT_EQ(everything(*again), before);
    const auto reader = must(SqliteStore::open(folder / "a.db", Access::readOnly));
    EXPECT_EQ(everything(*reader), before);
    EXPECT_FALSE(reader->setMeta("f", {}));
}

}  // namespace
}  // namespace hezhang::sync
