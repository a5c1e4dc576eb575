// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What this home has written, the latest first, and how far each edit has come.
//
// Roles:   recordId, field, title, place, fieldText, valueText, timeText, progress (local received applied
//          aside), reasonWhat, reasonNext. For QML: state: only these (local received accepted aside),
//          empty for all · isReady
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ledger/own_edits.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class OwnEditListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString state READ state WRITE setState NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
public:
    enum class Role {
        recordId = Qt::UserRole + 1,
        field,
        title,
        place,
        fieldText,
        valueText,
        timeText,
        progress,
        reasonWhat,
        reasonNext
    };
    Q_ENUM(Role)

    explicit OwnEditListModel(HomeThread& reader, QObject* parent = nullptr);

    [[nodiscard]] QString state() const { return m_state; }
    void setState(const QString& state);
    [[nodiscard]] bool isReady() const { return m_isReady; }

signals:
    void stateChanged();
    void readingDone();

private:
    struct Page {
        std::vector<Row> rows;
        int total = 0;
    };
    struct NextPage {
        QString after;  // the key of the row it goes behind
        Page page;
    };
    [[nodiscard]] static Result<Page> pageOf(ledger::Home& home, const std::string& state, int limit,
                                             const std::string& after);
    void takeNext(Result<NextPage> next);

    Reading m_reading;
    Reading m_nextReading;
    QString m_state;
    bool m_isReady = false;
};

}  // namespace hezhang::ui
