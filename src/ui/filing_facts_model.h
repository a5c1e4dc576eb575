// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The four facts about one filing, which are four different things, each with what shows it, and whom to ask.
//
// For QML: isReady · facts: list of {name (on-time complete correct locked), state (yes no not-yet unknown),
// text: the
//          evidence: who, when by the county's clock, entry of the log; or why there is none}; empty where it
//          cannot be read
//          contact: whom the unit's form names and the phone; "" where the office has put down nobody
// Threads: the window's; read in the reading thread.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include "src/ui/reading.h"

namespace hezhang::ui {

class FilingFactsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed FINAL)
    Q_PROPERTY(QString contact READ contact NOTIFY changed FINAL)
public:
    struct Key {
        RecordId task;
        RecordId unit;
        RecordId window;
    };
    FilingFactsModel(HomeThread& reader, const Key& key, QObject* parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QVariantList facts() const { return m_facts; }
    [[nodiscard]] QString contact() const { return m_contact; }

signals:
    void changed();

private:
    QVariantList m_facts;
    QString m_contact;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
