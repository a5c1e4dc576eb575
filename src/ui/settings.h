// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a person set on this machine: language, text size, colours, the window's size and page, what was
// searched for.
//
// Shape:  one JSON object in ${XDG_CONFIG_HOME:-~/.config}/hezhang/client.json:
// {"language","isLarge","isDark","width","height","isMaximized","page",
//         "recent"}; keys that are not known are kept, values that make no sense count as absent. It belongs
//         to the machine, not to the home, and holds no ledger text but what was searched for. Written a
//         moment after a change, and at the end.
// For QML: language (zh_CN en), isLarge, isDark: read and set · file · noteWindow(), notePage()
// Errors:  a file that cannot be read or written: the settings hold until the end.
// Threads: the window's.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QQmlEngine>
#include <QSize>
#include <QStringList>
#include <QTimer>
#include <QVariantList>

namespace hezhang::ui {

class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged FINAL)
    // {code, name}: each called by its own name, whatever is shown.
    Q_PROPERTY(QVariantList languages READ languages CONSTANT FINAL)
    Q_PROPERTY(bool isLarge READ isLarge WRITE setLarge NOTIFY looksChanged FINAL)
    Q_PROPERTY(bool isDark READ isDark WRITE setDark NOTIFY looksChanged FINAL)
    Q_PROPERTY(QString file READ file CONSTANT FINAL)
public:
    static constexpr int kRecentMax = 8;
    static constexpr int kWriteAfterMs = 300;

    // An empty file name: nothing is read or written (pictures, tests).
    explicit Settings(QString file, QObject* parent = nullptr);
    ~Settings() override;
    [[nodiscard]] static QString standardFile();

    [[nodiscard]] QString file() const { return m_file; }
    [[nodiscard]] QString language() const;
    [[nodiscard]] static QVariantList languages();
    [[nodiscard]] bool isLarge() const { return truth(QStringLiteral("isLarge")); }
    [[nodiscard]] bool isDark() const { return truth(QStringLiteral("isDark")); }
    void setLanguage(const QString& language);
    void setLarge(bool isLarge);
    void setDark(bool isDark);

    // The window's size when it was last left; empty: none.
    [[nodiscard]] QSize windowSize() const;
    [[nodiscard]] bool isMaximized() const { return truth(QStringLiteral("isMaximized")); }
    Q_INVOKABLE void noteWindow(int width, int height, bool isMaximized);
    [[nodiscard]] QString page() const { return m_values.value(QStringLiteral("page")).toString(); }
    Q_INVOKABLE void notePage(const QString& page);

    [[nodiscard]] QStringList recent() const;
    void noteSearch(const QString& needle);
    // What a command line asks for holds for this run and is not kept.
    void overrideForRun(const QString& key, const QJsonValue& value);

signals:
    void languageChanged();
    void looksChanged();
    void recentChanged();

private:
    [[nodiscard]] bool truth(const QString& key) const { return shown(key).toBool(false); }
    [[nodiscard]] QJsonValue shown(const QString& key) const {
        return m_run.contains(key) ? m_run.value(key) : m_values.value(key);
    }
    bool put(const QString& key, const QJsonValue& value);
    void write();

    QString m_file;
    QJsonObject m_values;
    QJsonObject m_run;
    QTimer m_timer;
};

}  // namespace hezhang::ui
