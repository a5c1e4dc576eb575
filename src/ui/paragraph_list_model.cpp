// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/paragraph_list_model.h"

#include <algorithm>

#include "src/office/paragraph.h"
#include "src/ui/matrix_model.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

static Row rowOf(const office::Paragraph& paragraph) {
    using Role = ParagraphListModel::Role;
    const auto taken = std::ranges::count_if(
        paragraph.filings, [](const office::ParagraphFiling& filing) { return filing.isTaken; });
    const bool isEmpty = paragraph.text.empty();
    Row row{idText(paragraph.task), {}};
    row.set(Role::taskId, row.key)
        .set(Role::title,
             QString::number(paragraph.serial) + QLatin1Char(' ') +
                 toQt(paragraph.taskContent.empty() ? paragraph.taskItem : paragraph.taskContent))
        .set(Role::body, toQt(paragraph.text).replace(QLatin1Char('\n'), QLatin1Char(' ')))
        .set(Role::kind, isEmpty ? QStringLiteral("none") : toQt(std::string(office::name(paragraph.state))))
        .set(Role::unitCount, static_cast<int>(taken));
    return row;
}

Result<ParagraphListModel::Page> ParagraphListModel::read(ledger::Home& home, const RecordId& window) {
    HZ_TRY(const std::vector<office::Paragraph> paragraphs, office::paragraphs(home, window));
    HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
    Page page;
    if (const auto of = std::ranges::find(windows, window, &office::WindowRow::window); of != windows.end()) {
        page.title = toQt(of->title);
        page.line = MatrixModel::lineOf(*of);
    }
    for (const office::Paragraph& paragraph : paragraphs) {
        page.rows.push_back(rowOf(paragraph));
        page.overlaps += paragraph.state == office::ParagraphState::overlap ? 1 : 0;
    }
    return page;
}

ParagraphListModel::ParagraphListModel(HomeThread& reader, const RecordId& window, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent), m_window(window), m_reading(reader, this) {
    m_reading.define<Page>(
        [this] { return [window = m_window](ledger::Home& home) { return read(home, window); }; },
        [this](Result<Page> page) { take(std::move(page)); });
    m_reading.again();
}

void ParagraphListModel::take(Result<Page> page) {
    m_isReady = true;
    if (page) {
        m_error.reset();
        setRows(std::move(page->rows));
        m_page = std::move(*page);
    } else {
        m_error = page.error();
    }
    emit changed();
}

QString ParagraphListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString ParagraphListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
