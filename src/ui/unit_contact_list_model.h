// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's units with whom to call: what their forms print as contact and phone.
//
// Roles: unitId, title (name), kindText, contact, phone
// For QML: isReady, isBusy, errorWhat, errorNext · text: shows only units that have it in a role · allCount ·
//   mayEdit: this is the office's home · unitName, contact, phone: of the unit that is being edited, as they
//   stood when begin() was called
// Calls: begin(unitId), save(contact, phone): what differs from what begin() showed
// Signals: done(): durable; failed(what, next)
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include <map>

#include "src/ledger/names.h"
#include "src/ledger/views.h"
#include "src/ui/row_list_model.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class UnitContactListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    Q_PROPERTY(int allCount READ allCount NOTIFY changed FINAL)
    Q_PROPERTY(bool mayEdit READ mayEdit CONSTANT FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY begun FINAL)
    Q_PROPERTY(QString contact READ contact NOTIFY begun FINAL)
    Q_PROPERTY(QString phone READ phone NOTIFY begun FINAL)
public:
    enum class Role { unitId = Qt::UserRole + 1, title, kindText, contact, phone };
    Q_ENUM(Role)

    UnitContactListModel(HomeThread& reader, StoreThread& store, bool mayEdit, QObject* parent = nullptr);

    Q_INVOKABLE void begin(const QString& unitId);
    Q_INVOKABLE void save(const QString& contact, const QString& phone);

    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString& text);
    [[nodiscard]] int allCount() const { return static_cast<int>(m_units.size()); }
    [[nodiscard]] bool mayEdit() const { return m_mayEdit; }
    [[nodiscard]] QString unitName() const;
    [[nodiscard]] QString contact() const;
    [[nodiscard]] QString phone() const;

signals:
    void changed();
    void begun();
    void done();
    void failed(const QString& what, const QString& next);

private:
    struct Unit {
        ledger::NamedUnit named;
        ledger::CellShown contact, phone;
    };
    [[nodiscard]] static Result<std::vector<Unit>> read(ledger::Home& home);
    void showRows();

    bool m_mayEdit;
    QString m_text;
    std::vector<Unit> m_units;
    Unit m_edited;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
