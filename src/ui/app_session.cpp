// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/app_session.h"

#include "src/ledger/files.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

AppSession::AppSession(TransportFactory factory, SyncTimes times, QObject* parent)
    : QObject(parent),
      m_network(std::move(factory)),
      m_reader(storage::Access::readOnly),
      m_store(m_network, times) {
    // The window shows what it can read before the writer is ready.
    connect(&m_reader, &HomeThread::opened, this, [this](const HomeInfo& info) {
        m_isReaderOpen = true;
        m_info = info;
        emit infoChanged();
        setState(State::Ready);
    });
    connect(&m_reader, &HomeThread::infoChanged, this, [this](const HomeInfo& info) {
        m_info = info;
        emit infoChanged();
    });
    connect(&m_store, &HomeThread::opened, this, [this] {
        m_isStoreOpen = true;
        // A home of an older version cannot be read before the writer has brought it up to date.
        if (!m_isReaderOpen) {
            m_reader.open(m_folder);
        }
    });
    connect(&m_reader, &HomeThread::failed, this, [this](const Error& error) {
        if (m_isStoreOpen) {
            m_error = error;
            setState(State::Failed);
        }
    });
    connect(&m_store, &HomeThread::failed, this, [this](const Error& error) {
        m_error = error;
        setState(State::Failed);
    });
    connect(&m_store, &HomeThread::worked, &m_reader, &HomeThread::look);
}

AppSession::~AppSession() = default;

void AppSession::open(const QString& folder) {
    m_folder = folder;
    if (!ledger::fileExists(folder.toStdString() + "/home.db")) {
        setState(State::NoHome);
        return;
    }
    setState(State::Opening);
    m_reader.open(folder);
    m_store.open(folder);
}

QString AppSession::errorWhat() const {
    return m_state == State::Failed ? MessageTable::of(m_error.code).what : QString();
}

QString AppSession::errorNext() const {
    return m_state == State::Failed ? MessageTable::of(m_error.code).next : QString();
}

void AppSession::setState(State state) {
    m_state = state;
    emit stateChanged();
}

}  // namespace hezhang::ui
