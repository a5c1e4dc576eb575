// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Checks as rows: those about a unit, or what was found before of one task.
//
// Roles: checkId, taskId, heading (task, or place where the task is known), place, unitName, placeId, unitId,
// atText, result (yes no na), finding, linesText (what was ticked, a line each), objection, rectifyText (the
// date in words), checkState (a word of States.qml: yes na rectify overdue closed), isOpen, isRecheckDue,
// isObjected, hasConflict, isUnsent, photoCount, photosHere (of them, how many are on this device), byText.
// Properties of UnitCheckListModel: isReady, openCount, errorWhat, errorNext. Threads: the window's; rows are
// made in the reading thread.
#pragma once

#include "src/office/checks.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class CheckListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a page")
public:
    enum class Role {
        checkId = Qt::UserRole + 1,
        taskId,
        heading,
        place,
        unitName,
        placeId,
        unitId,
        atText,
        result,
        finding,
        objection,
        rectifyText,
        checkState,
        isOpen,
        isRecheckDue,
        isObjected,
        hasConflict,
        isUnsent,
        photoCount,
        photosHere,
        byText,
        linesText
    };
    Q_ENUM(Role)

    explicit CheckListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    [[nodiscard]] static Row rowOf(const office::CheckRow& check);
    // The word of States.qml that says how a check stands; empty where nothing was found yet.
    [[nodiscard]] static QString stateWord(const office::CheckRow& check);
    [[nodiscard]] static std::vector<Row> rowsOf(const std::vector<office::CheckRow>& checks);
};

// Every check about this home's unit, what is open first; or of these `only` one.
class UnitCheckListModel : public hezhang::ui::CheckListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(int openCount READ openCount NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    explicit UnitCheckListModel(HomeThread& reader, const RecordId& only = {}, QObject* parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] int openCount() const { return m_openCount; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void readingDone();

private:
    std::optional<Error> m_error;
    int m_openCount = 0;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
