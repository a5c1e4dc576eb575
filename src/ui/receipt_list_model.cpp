// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/receipt_list_model.h"

#include <algorithm>

#include "src/ledger/files.h"
#include "src/ledger/receipt.h"
#include "src/ledger/views.h"
#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using ReceiptRole = ReceiptListModel::Role;

namespace {

QVariantMap fact(const QString& label, const QString& value) {
    return {{QStringLiteral("label"), label}, {QStringLiteral("value"), value}};
}

// Only the county of this home can vouch for its receipts. A record that is not here is called by the start
// of its id.
Result<QVariantList> factsOf(ledger::Home& home, const Bytes& receipt) {
    HZ_TRY(const ledger::ReceiptFacts facts, ledger::verifyReceipt(receipt));
    if (home.me().county.publicKey != facts.countyKey) {
        return fail(ErrorCode::proofInvalid, "the receipt is of another county");
    }
    const ledger::RecordPlace place = ledger::placeOf(home, facts.record).value_or(ledger::RecordPlace{});
    QVariantList list{
        fact(ReceiptListModel::tr("County"), toQt(facts.county)),
        fact(ReceiptListModel::tr("Received by the county"), Format::when(facts.at)),
        fact(ReceiptListModel::tr("Entry"),
             place.title.empty() ? toQt(facts.record.hex().substr(0, 8)) : placeWords(place)),
        fact(ReceiptListModel::tr("Number in the county's log"), QString::number(facts.position))};
    for (const auto& [field, value] : facts.fields) {
        list.append(
            fact(fieldTitle(place.registerName, field), valueWords(place.registerName, field, value)));
    }
    list.append(fact(ReceiptListModel::tr("Fingerprint of the county's key"), toQt(facts.keyFingerprint)));
    return list;
}

// The receipts a unit wants are those of its reports.
Result<std::optional<Row>> rowOf(ledger::Home& home, const sync::RecordRow& filing) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(filing.id));
    if (!reading || reading->isGone || reading->cells.empty()) {
        return std::optional<Row>();
    }
    const bool hasUnsent = std::any_of(reading->cells.begin(), reading->cells.end(), [](const auto& cell) {
        return std::any_of(cell.second.rows.begin(), cell.second.rows.end(),
                           [](const sync::LiveRow& row) { return row.isUnanswered(); });
    });
    HZ_TRY(const ledger::RecordPlace place, ledger::placeOf(home, filing.id));
    HZ_TRY(const ledger::FilingState state, ledger::filingState(home, *reading));
    Row row{idText(filing.id), {}};
    row.set(ReceiptRole::recordId, row.key)
        .set(ReceiptRole::title, toQt(place.title))
        .set(ReceiptRole::place, toQt(place.detail))
        .set(ReceiptRole::filingState, filingStateWord(state))
        .set(ReceiptRole::hasAnswer, !hasUnsent);
    return std::optional(std::move(row));
}

}  // namespace

ReceiptListModel::ReceiptListModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_reader(reader),
      m_store(store),
      m_reading(reader, this) {
    m_reading.define<Page>(
        [this] { return [limit = wanted()](ledger::Home& home) { return pageOf(home, limit); }; },
        [this](Result<Page> page) {
            if (page) {
                setRows(std::move(page->rows), page->total);
            }
            m_isReady = true;
            emit readingDone();
        });
    connect(this, &RowListModel::moreWanted, &m_reading, &Reading::again);
    m_reading.again();
}

// Those behind the page are only counted, deleted ones among them.
Result<ReceiptListModel::Page> ReceiptListModel::pageOf(ledger::Home& home, int limit) {
    HZ_TRY(const RecordId own, home.unit());
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(own));
    std::vector<sync::RecordRow> filings;
    for (const RecordId& unit : units) {
        HZ_TRY(const std::vector<sync::RecordRow> named, home.store().recordsNaming("filing", unit.hex()));
        std::copy_if(
            named.begin(), named.end(), std::back_inserter(filings),
            [&](const sync::RecordRow& filing) { return ledger::keyId(filing.key, "unit") == unit; });
    }
    Page page;
    auto filing = filings.begin();
    for (; filing != filings.end() && static_cast<int>(page.rows.size()) < limit; ++filing) {
        HZ_TRY(std::optional<Row> row, rowOf(home, *filing));
        if (row) {
            page.rows.push_back(std::move(*row));
        }
    }
    page.total = static_cast<int>(page.rows.size()) + static_cast<int>(filings.end() - filing);
    return page;
}

void ReceiptListModel::show(const QString& recordId) {
    m_reader.ask<QVariantList>(
        this,
        [record = idOf(recordId)](ledger::Home& home) -> Result<QVariantList> {
            HZ_TRY(const Bytes receipt, ledger::makeReceipt(home, record));
            return factsOf(home, receipt);
        },
        [this](Result<QVariantList> facts) { takeFacts(tr("The county's receipt"), std::move(facts)); });
}

void ReceiptListModel::save(const QString& recordId, const QUrl& file) {
    const QString path = file.toLocalFile();
    m_store.ask<void>(
        this,
        [record = idOf(recordId), to = path.toStdString()](ledger::Home& home) -> Result<void> {
            HZ_TRY(const Bytes receipt, ledger::makeReceipt(home, record));
            return ledger::replaceFile(to, receipt);
        },
        [this, path](const Result<void>& done) {
            if (done) {
                emit saved(path);
            } else {
                takeFacts(tr("The county's receipt"), fail(done.error()));
            }
        });
}

void ReceiptListModel::check(const QUrl& file) {
    m_reader.ask<QVariantList>(
        this,
        [path = file.toLocalFile().toStdString()](ledger::Home& home) -> Result<QVariantList> {
            HZ_TRY(const Bytes receipt, ledger::readFile(path, kReceiptFileMax));
            return factsOf(home, receipt);
        },
        [this, name = file.fileName()](Result<QVariantList> facts) {
            takeFacts(tr("Checked: %1").arg(name), std::move(facts));
        });
}

void ReceiptListModel::close() {
    takeFacts(QString(), QVariantList());
}

void ReceiptListModel::takeFacts(const QString& title, Result<QVariantList> facts) {
    m_factsTitle = title;
    m_isGood = facts && !facts->isEmpty();
    m_error = facts ? std::nullopt : std::optional(facts.error());
    m_facts = facts ? std::move(*facts) : QVariantList();
    emit factsChanged();
}

QString ReceiptListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString ReceiptListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
