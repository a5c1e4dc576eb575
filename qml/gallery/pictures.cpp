// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "qml/gallery/pictures.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QEvent>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>

#include "qml/engine_setup.h"

namespace hezhang::gallery {

static constexpr int kHeightMax = 6000;
static constexpr int kFramesToSettle = 3;
static constexpr int kPatienceMs = 10'000;

std::vector<Setting> pictureSettings() {
    struct Form {
        const char* name;
        QSize size;
    };
    const Form forms[] = {
        {"phone", {360, 720}}, {"tablet", {800, 1280}}, {"landscape", {1280, 800}}, {"desktop", {1440, 900}}};
    std::vector<Setting> settings;
    for (int run = 0; run < 8; ++run) {
        const bool a = (run & 4) != 0;
        const bool b = (run & 2) != 0;
        const bool c = (run & 1) != 0;
        const Form& form = forms[run / 2];
        Setting setting{{}, form.size, c, a != c, b != c ? QStringLiteral("en") : QStringLiteral("zh_CN")};
        setting.name = QStringLiteral("%1-%2-%3-%4")
                           .arg(QLatin1String(form.name), QLatin1String(setting.large ? "large" : "normal"),
                                QLatin1String(setting.dark ? "dark" : "light"), setting.language.left(2));
        settings.push_back(setting);
    }
    return settings;
}

QStringList storyNames(const QString& only) {
    const QRegularExpression pattern(only, QRegularExpression::CaseInsensitiveOption);
    QStringList names = QDir(QStringLiteral(":/qt/qml/Hezhang/Gallery/stories"))
                            .entryList({QStringLiteral("*Story.qml")}, QDir::Files, QDir::Name);
    names.replaceInStrings(QStringLiteral("Story.qml"), QString());
    return names.filter(pattern);
}

// Waits until the window has drawn some frames: the first ones are drawn before what depends on sizes has
// settled.
static bool settle(QQuickWindow& window) {
    int frames = 0;
    const auto connection =
        QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [&frames] { ++frames; });
    QDeadlineTimer deadline(kPatienceMs);
    while (frames < kFramesToSettle && !deadline.hasExpired()) {
        window.update();
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    QObject::disconnect(connection);
    return frames >= kFramesToSettle;
}

static bool grab(QQuickWindow& window, const QString& story, const Setting& setting, const QString& folder) {
    window.setProperty("story", QString());
    // No event loop runs here, so the former story, and its open popups, would stay.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    window.resize(setting.size);
    window.setProperty("large", setting.large);
    window.setProperty("dark", setting.dark);
    window.setProperty("story", story);
    if (!settle(window)) {
        return false;
    }
    const int wanted = qMin(qMax(setting.size.height(), window.property("storyHeight").toInt()), kHeightMax);
    window.resize(setting.size.width(), wanted);
    if (!settle(window)) {
        return false;
    }
    return window.grabWindow().save(QStringLiteral("%1/%2-%3.png").arg(folder, story, setting.name));
}

int grabPictures(QQmlApplicationEngine& engine, const QStringList& names, const QString& folder) {
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().value(0));
    if (window == nullptr || !QDir().mkpath(folder)) {
        qWarning("no window, or no folder %s", qUtf8Printable(folder));
        return static_cast<int>(names.size());
    }
    window->show();
    int failed = 0;
    for (const Setting& setting : pictureSettings()) {
        qml::showLanguage(engine, setting.language);
        for (const QString& name : names) {
            if (!grab(*window, name, setting, folder)) {
                qWarning("no picture of %s in %s", qUtf8Printable(name), qUtf8Printable(setting.name));
                ++failed;
            }
        }
    }
    return failed;
}

}  // namespace hezhang::gallery
