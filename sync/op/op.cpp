// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/op/op.h"

#include "sync/op/archive.h"

namespace hezhang::sync {

RecordId recordIdOf(const Suite& suite, const CountyId& county, const RecordKey& key) {
    const Bytes encoded = encode(key);
    return RecordId::of(suite.hash({viewOf("hezhang/record/0"), county.view(), encoded}).view().first(16));
}

Hash saltOf(const Suite& suite, const Seed& seed, OpCounter counter) {
    const Bytes number = encode(counter);
    return suite.hash({viewOf("hezhang/salt/0"), seed.view(), number});
}

Hash valueHashOf(const Suite& suite, const Hash& salt, const Value& value) {
    return suite.hash({viewOf("hezhang/value/0"), salt.view(), value.encoded()});
}

Hash valueHashOf(const Suite& suite, const Seed& seed, OpCounter counter, const Value& value) {
    return valueHashOf(suite, saltOf(suite, seed, counter), value);
}

OpIds::OpIds(const Suite& suite, const LaneHeader& lane) : m_suite(suite), m_canonical(encode(lane)) {
    m_laneBytes = m_canonical.size();
}

Hash OpIds::of(const Op& op, const Hash& valueHash) {
    m_canonical.resize(m_laneBytes);
    CompactOut out(m_canonical);
    out(op.counter, op.record, op.field, op.kind, op.person, op.at);
    out.varint(op.seen.size());
    for (const SeenDot& seen : op.seen) {
        out(seen.dot.lane, seen.dot.counter, seen.segment);
    }
    out(valueHash);
    return m_suite.hash({viewOf("hezhang/op/0"), m_canonical});
}

}  // namespace hezhang::sync
