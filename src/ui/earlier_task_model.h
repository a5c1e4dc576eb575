// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What became of a task the year before: the tasks it goes on with, each with what was reported last.
//
// For QML: isReady · tasks: list of {taskId, heading (year, serial, ledger), content, indicator,
// decidedStatus
//          (word), windowTitle, text, countText, isWhole}; text: the paragraph of the window that closed last
//          with something in it, of a home that does not hold all reports only what it holds; else the joint
//          progress
// Threads: the window's; read in the reading thread.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include "src/ui/reading.h"

namespace hezhang::ui {

class EarlierTaskModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList tasks READ tasks NOTIFY changed FINAL)
public:
    EarlierTaskModel(HomeThread& reader, const RecordId& task, QObject* parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QVariantList tasks() const { return m_tasks; }

signals:
    void changed();

private:
    QVariantList m_tasks;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
