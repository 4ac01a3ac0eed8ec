-- All that the plain rules look at, a row for each residency in reach, by code; lists as JSON in the order in which the
-- rules name things.
SELECT r.id, p.slug, r.code, (SELECT title FROM programmes_residency WHERE id = r.id), r.stage, r.planned_start, r.started_on, r.ends,
    r.adopted_on, (r.submitted_at AT TIME ZONE %(zone)s)::date, r.decision_by,
    (SELECT min(a.signed_on) FROM programmes_agreement a WHERE a.residency_id = r.id),
    r.entered_on, r.partners, r.sponsor_left_on, r.end_decision_on,
    r.exit_plan_on, r.review_on,
    (
        SELECT h.display_name FROM programmes_residencyorganisation o JOIN programmes_organisation h ON h.id = o.organisation_id
        WHERE o.residency_id = r.id AND o.part = 'lead_host'
    ),
    (
        SELECT json_agg(json_build_array(i.id, i.kind, i.state, i.expires_on, l.start, l."end", h.display_name, h.id,
            l.id, i.issued_on) ORDER BY l.start, l.id, i.id)
        FROM programmes_placement l
        JOIN programmes_accessitem i ON i.placement_id = l.id
        JOIN programmes_organisation h ON h.id = i.host_id
        WHERE l.residency_id = r.id
    ),
    (
        SELECT json_agg(json_build_array(j.id, j.title, j.classification <> 'not_yet_classified', j.stage,
            j.started_on, j.target_feedback_on) ORDER BY j.started_on DESC, j.id)
        FROM programmes_project j
        WHERE j.residency_id = r.id AND j.ended_on IS NULL
    ),
    (
        SELECT json_agg(json_build_array(c.id, c.what, c.owner_name, c.due) ORDER BY c.due, c.id)
        FROM programmes_condition c
        WHERE c.residency_id = r.id AND c.met_on IS NULL
    )
FROM reach r JOIN programmes_programme p ON p.id = r.programme_id
ORDER BY r.code COLLATE "C"
