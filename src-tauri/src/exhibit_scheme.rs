//! `exhibit://localhost/CASE/SHA256`: one picture, while no HALT stands. The pages of the main window alone can ask.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

use crate::screen::Shell;

/// The scheme's name.
pub(crate) const NAME: &str = "exhibit";

/// Answers a request, off the window's thread.
pub(crate) fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let handle = context.app_handle().clone();
    let ours = context.webview_label() == "main";
    tauri::async_runtime::spawn_blocking(move || {
        let path = request.uri().path().trim_start_matches('/').to_owned();
        let asked = path.split_once('/').filter(|_| ours);
        let Some((case, sha256)) = asked else {
            return responder.respond(whole(StatusCode::NOT_FOUND, "text/plain", Vec::new()));
        };
        handle.state::<Shell>().give(
            |app| app.picture(case, sha256),
            |picture| {
                responder.respond(match picture {
                    Ok(png) => whole(StatusCode::OK, "image/png", png.to_vec()),
                    Err(trouble) => whole(StatusCode::FORBIDDEN, "text/plain", trouble.happened.into_bytes()),
                });
            },
        );
    });
}

fn whole(status: StatusCode, media_type: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
