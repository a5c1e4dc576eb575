// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One place: what is to be looked at there, what its unit says of each task, what was found before.
//
// Roles: taskId, number, item, content, claimStatus, claimText, checkId (of the last check here, or of the
// open one), checkState (as CheckListModel; empty: not looked at), finding, objection, rectifyText, isOpen,
// isRecheckDue, lastText, linesText (of the lines of its indicator, how many were looked at; or empty). For
// QML: isReady, title, unitName, address, placeId, unitId. Threads: the window's; rows are made in the
// reading thread.
#pragma once

#include "src/office/checks.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class PlaceModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(QString title READ title NOTIFY readingDone FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY readingDone FINAL)
    Q_PROPERTY(QString address READ address NOTIFY readingDone FINAL)
    Q_PROPERTY(QString placeId READ placeId CONSTANT FINAL)
    Q_PROPERTY(QString unitId READ unitId CONSTANT FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    enum class Role {
        taskId = Qt::UserRole + 1,
        number,
        item,
        content,
        claimStatus,
        claimText,
        checkId,
        checkState,
        finding,
        objection,
        rectifyText,
        isOpen,
        isRecheckDue,
        lastText,
        linesText
    };
    Q_ENUM(Role)

    PlaceModel(HomeThread& reader, const RecordId& place, const RecordId& unit, QObject* parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString unitName() const;
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString placeId() const;
    [[nodiscard]] QString unitId() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void readingDone();

private:
    struct Page {
        office::PlaceRow place;
        std::vector<Row> rows;
    };
    RecordId m_place;
    RecordId m_unit;
    office::PlaceRow m_shown;
    std::optional<Error> m_error;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
