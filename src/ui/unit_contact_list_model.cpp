// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/unit_contact_list_model.h"

#include <algorithm>
#include <array>

#include "src/ledger/one_transaction.h"
#include "src/ui/field_words.h"
#include "src/ui/words.h"

namespace hezhang::ui {

UnitContactListModel::UnitContactListModel(HomeThread& reader, StoreThread& store, bool mayEdit,
                                           QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_mayEdit(mayEdit),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<std::vector<Unit>>([] { return &UnitContactListModel::read; },
                                      [this](std::vector<Unit> units) {
                                          m_units = std::move(units);
                                          showRows();
                                      });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

// Units that are over file nothing any more.
Result<std::vector<UnitContactListModel::Unit>> UnitContactListModel::read(ledger::Home& home) {
    HZ_TRY(std::vector<ledger::NamedUnit> named, ledger::units(home.state()));
    std::vector<Unit> units;
    for (ledger::NamedUnit& one : named) {
        HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(one.id));
        if (one.isOver || !row) {
            continue;
        }
        HZ_TRY(ledger::CellShown contact, ledger::shownCell(home, *row, "contact"));
        HZ_TRY(ledger::CellShown phone, ledger::shownCell(home, *row, "contact_phone"));
        units.push_back({std::move(one), std::move(contact), std::move(phone)});
    }
    return units;
}

void UnitContactListModel::showRows() {
    std::vector<Row> rows;
    for (const Unit& unit : m_units) {
        Row row{idText(unit.named.id), {}};
        row.set(Role::unitId, row.key)
            .set(Role::title, toQt(unit.named.name))
            .set(Role::kindText,
                 unit.named.kind.empty() ? QString() : valueWords("unit", "kind", unit.named.kind))
            .set(Role::contact, toQt(unit.contact.text()))
            .set(Role::phone, toQt(unit.phone.text()));
        const bool isMeant = std::ranges::any_of(
            std::array{Role::title, Role::kindText, Role::contact, Role::phone},
            [&](Role role) { return row.at(role).toString().contains(m_text, Qt::CaseInsensitive); });
        if (isMeant) {
            rows.push_back(std::move(row));
        }
    }
    setRows(std::move(rows));
}

void UnitContactListModel::setText(const QString& text) {
    if (m_text != text) {
        m_text = text;
        showRows();
        emit changed();
    }
}

// What is saved was made from what is shown now, whatever arrives while it is typed.
void UnitContactListModel::begin(const QString& unitId) {
    const auto unit = std::ranges::find(m_units, idOf(unitId), [](const Unit& one) { return one.named.id; });
    if (unit != m_units.end()) {
        m_edited = *unit;
        emit begun();
    }
}

void UnitContactListModel::save(const QString& contact, const QString& phone) {
    std::vector<ledger::EditRequest> edits;
    const auto add = [&](const char* field, const ledger::CellShown& shown, const QString& typed) {
        const std::string text = typed.trimmed().toStdString();
        if (text != shown.text()) {
            ledger::EditRequest edit;
            edit.record = m_edited.named.id;
            edit.field = field;
            edit.text = text;
            edit.seen = shown.seen;
            edits.push_back(std::move(edit));
        }
    };
    add("contact", m_edited.contact, contact);
    add("contact_phone", m_edited.phone, phone);
    if (edits.empty() || !m_mayEdit) {
        return;
    }
    m_saving.start(
        [edits = std::move(edits)](ledger::Home& home) {
            return ledger::inOneTransaction(home, [&]() -> Result<bool> {
                for (const ledger::EditRequest& edit : edits) {
                    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(edit));
                }
                return true;
            });
        },
        [this] { emit done(); });
}

QString UnitContactListModel::unitName() const {
    return toQt(m_edited.named.name);
}
QString UnitContactListModel::contact() const {
    return toQt(m_edited.contact.text());
}
QString UnitContactListModel::phone() const {
    return toQt(m_edited.phone.text());
}

}  // namespace hezhang::ui
