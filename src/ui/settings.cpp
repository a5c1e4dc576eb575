// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace hezhang::ui {

static constexpr qint64 kFileBytesMax = 64 * 1024;
static constexpr int kWindowSideMin = 320;
static constexpr int kWindowSideMax = 16'384;

QString Settings::standardFile() {
    const QString config = qEnvironmentVariable("XDG_CONFIG_HOME");
    const QString base =
        config.startsWith(QLatin1Char('/')) ? config : QDir::homePath() + QStringLiteral("/.config");
    return base + QStringLiteral("/hezhang/client.json");
}

Settings::Settings(QString file, QObject* parent) : QObject(parent), m_file(std::move(file)) {
    QFile stored(m_file);
    if (!m_file.isEmpty() && stored.size() <= kFileBytesMax && stored.open(QIODevice::ReadOnly)) {
        m_values = QJsonDocument::fromJson(stored.readAll()).object();
    }
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWriteAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &Settings::write);
}

Settings::~Settings() {
    if (m_timer.isActive()) {
        write();
    }
}

void Settings::write() {
    m_timer.stop();
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile stored(m_file);
    if (stored.open(QIODevice::WriteOnly)) {
        stored.write(QJsonDocument(m_values).toJson());
        stored.commit();
    }
}

bool Settings::put(const QString& key, const QJsonValue& value) {
    const bool isOther = shown(key) != value;
    m_run.remove(key);
    if (m_values.value(key) != value) {
        m_values.insert(key, value);
        if (!m_file.isEmpty()) {
            m_timer.start();
        }
    }
    return isOther;
}

void Settings::overrideForRun(const QString& key, const QJsonValue& value) {
    m_run.insert(key, value);
}

QString Settings::language() const {
    return shown(QStringLiteral("language")).toString() == QLatin1String("en") ? QStringLiteral("en")
                                                                               : QStringLiteral("zh_CN");
}

QVariantList Settings::languages() {
    const auto one = [](const QString& code, const QString& name) {
        return QVariantMap{{QStringLiteral("code"), code}, {QStringLiteral("name"), name}};
    };
    return {one(QStringLiteral("zh_CN"), QStringLiteral("中文")),
            one(QStringLiteral("en"), QStringLiteral("English"))};
}

void Settings::setLanguage(const QString& language) {
    if (put(QStringLiteral("language"),
            language == QLatin1String("en") ? QStringLiteral("en") : QStringLiteral("zh_CN"))) {
        emit languageChanged();
    }
}

void Settings::setLarge(bool isLarge) {
    if (put(QStringLiteral("isLarge"), isLarge)) {
        emit looksChanged();
    }
}

void Settings::setDark(bool isDark) {
    if (put(QStringLiteral("isDark"), isDark)) {
        emit looksChanged();
    }
}

QSize Settings::windowSize() const {
    const QSize size(m_values.value(QStringLiteral("width")).toInt(),
                     m_values.value(QStringLiteral("height")).toInt());
    const auto isFine = [](int side) { return side >= kWindowSideMin && side <= kWindowSideMax; };
    return isFine(size.width()) && isFine(size.height()) ? size : QSize();
}

void Settings::noteWindow(int width, int height, bool isMaximized) {
    put(QStringLiteral("isMaximized"), isMaximized);
    // A maximised window goes back to the size it had before.
    if (!isMaximized) {
        put(QStringLiteral("width"), width);
        put(QStringLiteral("height"), height);
    }
}

void Settings::notePage(const QString& page) {
    put(QStringLiteral("page"), page);
}

QStringList Settings::recent() const {
    QStringList needles;
    const QJsonArray stored = m_values.value(QStringLiteral("recent")).toArray();
    for (const QJsonValue& needle : stored) {
        if (needle.isString() && !needle.toString().isEmpty() && needles.size() < kRecentMax) {
            needles.append(needle.toString());
        }
    }
    return needles;
}

void Settings::noteSearch(const QString& needle) {
    if (needle.isEmpty()) {
        return;
    }
    QStringList needles = recent();
    needles.removeAll(needle);
    needles.prepend(needle);
    if (put(QStringLiteral("recent"), QJsonArray::fromStringList(needles.mid(0, kRecentMax)))) {
        emit recentChanged();
    }
}

}  // namespace hezhang::ui
