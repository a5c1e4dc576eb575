// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-gallery: every component and page on made-up data, in a window or as pictures.
#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>

#include "qml/engine_setup.h"
#include "qml/gallery/pictures.h"

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows every component and page of Hezhang on made-up data."));
    const QCommandLineOption grab(QStringLiteral("grab"),
                                  QStringLiteral("write pictures into DIR instead of opening a window"),
                                  QStringLiteral("DIR"));
    const QCommandLineOption only(QStringLiteral("only"),
                                  QStringLiteral("only stories whose name matches PATTERN"),
                                  QStringLiteral("PATTERN"));
    const QCommandLineOption list(QStringLiteral("list"), QStringLiteral("print the names of the stories"));
    const QCommandLineOption english(QStringLiteral("english"), QStringLiteral("begin in English"));
    parser.addOptions({grab, only, list, english});
    parser.addHelpOption();
    parser.process(application);

    const QStringList names = hezhang::gallery::storyNames(parser.value(only));
    if (parser.isSet(list) || names.isEmpty()) {
        for (const QString& name : names) {
            fprintf(stdout, "%s\n", qUtf8Printable(name));
        }
        return names.isEmpty() ? 1 : 0;
    }
    hezhang::qml::prepareApplication();
    QQmlApplicationEngine engine;
    hezhang::qml::prepareEngine(engine);
    hezhang::qml::showLanguage(engine,
                               parser.isSet(english) ? QStringLiteral("en") : QStringLiteral("zh_CN"));
    if (parser.isSet(grab)) {
        engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hezhang/Gallery/Stage.qml")));
        return hezhang::gallery::grabPictures(engine, names, parser.value(grab)) == 0 ? 0 : 1;
    }
    engine.setInitialProperties({{QStringLiteral("names"), names}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hezhang/Gallery/Gallery.qml")));
    // The window's switch sets Qt.uiLanguage.
    QObject::connect(&engine, &QJSEngine::uiLanguageChanged, &engine,
                     [&engine] { hezhang::qml::showLanguage(engine, engine.uiLanguage()); });
    return application.exec();
}
