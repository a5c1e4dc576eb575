// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// All live values of one cell in memory, as a write transaction reads and changes them, and what of them is
// not written yet. Private to KeptState.
//
// Shape:   a value stands in rows(), or, if it is bare and just one op hides it, in covered(). A CellRow
// stays where it is until it is taken or becomes bare. Limits:  of a cell of n values finding one costs log
// n, adding or taking one moves n pointers at most. Threads: one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sync/store/cell_rows.h"

namespace hezhang::sync {

// What cells take, about, in bytes.
struct KeptBytes {
    std::size_t all = 0;
    std::size_t largest = 0;  // of the largest cell there was
};

class KeptCell {
public:
    KeptCell(KeptBytes& bytes, std::string_view field);
    KeptCell(const KeptCell&) = delete;
    KeptCell& operator=(const KeptCell&) = delete;
    ~KeptCell() { m_kept.all -= m_bytes; }

    [[nodiscard]] const std::string& field() const { return m_field; }
    // In the one order, then by op.
    [[nodiscard]] const std::vector<std::unique_ptr<CellRow>>& rows() const { return m_rows; }
    [[nodiscard]] const std::vector<CoveredRow>& covered() const { return m_covered; }  // by op
    [[nodiscard]] std::size_t count() const { return m_rows.size() + m_covered.size(); }
    [[nodiscard]] std::vector<Value> elements() const;  // of its adds, ascending, each once

    // A part as it is stored. After the last: endReading().
    void read(CellPart part, std::uint32_t number);
    void endReading();

    // What is covered is opened: whoever asks for an op by its name is about to change it. nullptr: not here.
    [[nodiscard]] CellRow* find(OpRef ref);
    CellRow& put(CellRow row);  // REQUIRES: its op is not here
    [[nodiscard]] CellRow take(const CellRow& row);
    // False: it was hidden by this op already.
    bool hide(CellRow& row, OpRef by);
    // Those that `by` does not hide any more. One that nothing hides may be bare.
    [[nodiscard]] std::vector<CellRow*> unhide(OpRef by);
    // Where it is hidden and turns bare. `row` is not to be used after it.
    void makeBare(CellRow& row);

    // -- what is not written yet
    void noteChanged(OpRef ref);
    [[nodiscard]] const std::vector<OpRef>& changed() const { return m_changed; }  // ascending
    [[nodiscard]] std::uint32_t partsStored() const { return m_partsStored; }
    [[nodiscard]] const std::vector<Value>& elementsStored() const { return m_elementsStored; }
    void noteWritten(std::uint32_t parts, std::vector<Value> elements);

private:
    using Rows = std::vector<std::unique_ptr<CellRow>>;
    [[nodiscard]] CellRow* rowOf(OpRef ref) const;
    [[nodiscard]] Rows::iterator placeOf(const CellRow& row);
    CellRow& insert(std::unique_ptr<CellRow> row);
    [[nodiscard]] std::unique_ptr<CellRow> extract(const CellRow& row);
    CellRow& uncover(std::vector<CoveredRow>::iterator at);
    void grow(std::size_t bytes);
    void shrink(std::size_t bytes);

    KeptBytes& m_kept;
    std::string m_field;
    Rows m_rows;
    std::vector<CoveredRow> m_covered;
    std::map<OpRef, CellRow*> m_byOp;  // of m_rows, once there are more than are quickly looked through
    std::size_t m_hiders = 0;          // of all m_rows
    std::size_t m_bytes = 0;
    std::vector<OpRef> m_changed;
    std::uint32_t m_partsStored = 0;
    std::vector<Value> m_elementsStored;
};

}  // namespace hezhang::sync
