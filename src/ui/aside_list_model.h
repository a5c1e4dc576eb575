// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the county did not apply, or keeps waiting, and the office may admit with a reason.
//
// A row is what one person wrote in one entry and the county answered alike: a late report is one row, not
// one a field.
//
// Roles: entryId, recordTitle (what it is about), text (field and value, a line each), reasonWhat, reasonNext
//   (in words), authorText (unit, person, when), isHeld (bool: it waits for what it builds on), ops (hex).
// For QML: isReady, isBusy; canAdmit: this home is the office's; errorWhat, errorNext · admit(entryId,
// reason) Signals: admitted(): it is durable here, and goes to the county with the next sync; failed(what,
// next). Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ui/row_list_model.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class AsideListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(bool canAdmit READ canAdmit CONSTANT FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    enum class Role {
        entryId = Qt::UserRole + 1,
        recordTitle,
        text,
        reasonWhat,
        reasonNext,
        authorText,
        isHeld,
        ops
    };
    Q_ENUM(Role)

    AsideListModel(HomeThread& reader, StoreThread& store, const HomeInfo& info, QObject* parent = nullptr);

    Q_INVOKABLE void admit(const QString& entryId, const QString& reason);

    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] bool canAdmit() const { return m_canAdmit; }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }

signals:
    void changed();
    void admitted();
    void failed(const QString& what, const QString& next);

private:
    bool m_canAdmit;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
