//! The first page of a volume: what it holds, and the place where its maker signs.

use super::model::VolumeModel;
use crate::form::field::{Label, Signer};
use crate::form::flow::Flow;
use crate::form::grid::{ANSWER_W, BODY, LEFT, rule};
use crate::form::model::said;
use crate::form::number::{counted, starting, thousands};
use crate::form::picture::Placed;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

pub(super) fn lay(flow: &mut Flow<'_, Placed>, model: &VolumeModel) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let remark = format!(
        "Volume {} of {} · {} · {}",
        model.number,
        model.of,
        counted(model.exhibits.len(), "exhibit", "exhibits"),
        counted(flow.references.pages, "page", "pages")
    );
    flow.title_block("Volume of exhibits", &school, &heading.case_reference, &Words::ours(&remark));
    let holds = format!(
        "This is volume {} of {}. It binds the exhibits listed below. The record of review of the case lists every \
         exhibit and, in annex G, the SHA-256 of this file as signed.",
        model.number, model.of
    );
    let answer = flow.lines(&Words::ours(&holds), BODY, ANSWER_W);
    flow.field(&Label::numbered("1", "What this is").under(rule::STRONG), answer);
    let made = format!(
        "{}, at ledger entry {}. Pictures were copied as they are: nothing was scaled, sharpened or coloured in the \
         file. Where a picture is larger than the page, the page shows it smaller; all its pixels are in the file.",
        time::date_and_time(heading.made),
        thousands(heading.ledger_entry)
    );
    let answer = flow.lines(&Words::ours(&made), BODY, ANSWER_W);
    flow.field(&Label::numbered("2", "Made"), answer);
    let signer = Signer {
        field: super::PRODUCER,
        called: "the person who makes this volume",
        name: said(&model.producer.name),
        position: said(&model.producer.position),
    };
    flow.signature_field(&Label::numbered("3", "Signed by the person who makes the volume"), &signer);
    contents(flow, model);
}

fn contents(flow: &mut Flow<'_, Placed>, model: &VolumeModel) {
    let columns = [(24.0, "Mark"), (68.0, "What it is"), (60.0, "Produced by"), (20.0, "Page")];
    let mut table = Table::new("The list of contents", LEFT, &columns).with_title("4", "Exhibits in this volume");
    for exhibit in &model.exhibits {
        let page = flow.references.page(&format!("exhibit {}", exhibit.mark));
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::default().then_bold(&exhibit.mark)),
            table.cell(flow, 1, &said(&exhibit.what)),
            table.cell(flow, 2, &said(&exhibit.produced_by)),
            table.cell(flow, 3, &Words::ours(&page)),
        ]));
    }
    let note = match model.exhibits.len() {
        1 => "One exhibit; the list ends here.".to_owned(),
        number => format!("{} exhibits; the list ends here.", starting(number)),
    };
    table.draw_with_note(flow, &Words::ours(&note));
}
