-- What asks for attention, what is ahead and what is in place, of the residencies in reach: the rules of attention.py,
-- ahead.py and access_times.py (M02) once more, as PostgreSQL can count them. tests/measures/oracles holds the two to
-- each other. Result: part, name, level, day, code, about, lines, residencies.
-- Those that are not over: nothing else asks for anything
WITH alive AS MATERIALIZED (
    SELECT id, code, stage, planned_start, started_on, ends, adopted_on, submitted_at, decision_by, entered_on,
        partners, sponsor_left_on, end_decision_on, exit_plan_on, is_open
    FROM reach
    WHERE stage NOT IN ('ended', 'legacy', 'declined', 'withdrawn', 'terminated_early')
),
-- Posts that are not over and need things
post AS MATERIALIZED (
    SELECT p.id, p.start, p."end", r.id AS residency_id, r.code, r.is_open,
        r.stage IN ('onboarding', 'active') AND (r.adopted_on > %(adopted_before)s) IS NOT TRUE AS is_asked
    FROM alive r JOIN programmes_placement p ON p.residency_id = r.id
    WHERE r.stage IN ('onboarding', 'active', 'paused', 'closing') AND (p."end" IS NULL OR p."end" > %(today)s)
),
-- In place, with a last day after which the post goes on and no other permission holds
lapsing AS MATERIALIZED (
    SELECT post.residency_id AS id, post.code, post.is_open, i.expires_on AS day
    FROM post JOIN programmes_accessitem i ON i.placement_id = post.id
    WHERE i.state = 'in_place' AND i.expires_on IS NOT NULL
        AND i.expires_on <= %(horizon)s
        AND (post."end" IS NULL OR post."end" > i.expires_on + 1)
        AND NOT (i.kind = ANY(%(permissions)s) AND EXISTS (
            SELECT FROM programmes_accessitem o
            WHERE o.placement_id = i.placement_id AND o.host_id = i.host_id AND o.id <> i.id
                AND o.kind = ANY(%(permissions)s) AND o.state = 'in_place'
                AND (o.expires_on IS NULL OR o.expires_on >= greatest(%(today)s, i.expires_on + 1))
        ))
),
project AS MATERIALIZED (
    SELECT r.id AS residency_id, r.code, r.is_open, r.stage AS residency_stage, r.adopted_on,
        p.id, p.stage, p.started_on, p.classification, p.target_feedback_on
    FROM alive r JOIN programmes_project p ON p.residency_id = r.id
    WHERE p.ended_on IS NULL
),
signal (rule, level, since, id, code, is_open, about) AS MATERIALIZED (
    SELECT 'approval', 'now', (submitted_at AT TIME ZONE %(zone)s)::date, id, code, is_open, 0::bigint
    FROM alive
    WHERE stage = 'scoping' AND submitted_at IS NOT NULL
    UNION ALL
    SELECT 'condition', 'now', c.due, r.id, r.code, r.is_open, c.id
    FROM alive r JOIN programmes_condition c ON c.residency_id = r.id
    WHERE c.met_on IS NULL AND c.due < %(today)s
    UNION ALL
    SELECT 'R01',
        CASE WHEN bool_or(permits AND start <= %(today)s) THEN 'now' ELSE 'soon' END,
        CASE WHEN min(start) <= %(today)s THEN min(start)
            -- ten working days before
            ELSE min(start) - 14 + CASE extract(isodow FROM min(start)) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END END,
        residency_id, code, is_open, 0
    FROM (
        SELECT post.residency_id, post.code, post.is_open, post.start, i.id, i.placement_id, i.host_id,
            i.kind = ANY(%(permissions)s) AS permits
        FROM post JOIN programmes_accessitem i ON i.placement_id = post.id
        WHERE post.is_asked AND post.start <= %(last_start)s AND i.state NOT IN ('in_place', 'not_required')
    ) i
    WHERE NOT (permits AND EXISTS (
        SELECT FROM programmes_accessitem o
        WHERE o.placement_id = i.placement_id AND o.host_id = i.host_id AND o.id <> i.id
            AND o.kind = ANY(%(permissions)s) AND o.state = 'in_place'
            AND (o.expires_on IS NULL OR o.expires_on >= %(today)s)
    ))
    GROUP BY residency_id, code, is_open
    UNION ALL
    SELECT 'R02', 'now', min(day), id, code, is_open, 0
    FROM lapsing
    WHERE day < %(today)s
    GROUP BY id, code, is_open
    UNION ALL
    SELECT 'R02', 'soon', min(day) - %(expiring)s, id, code, is_open, 0
    FROM lapsing
    WHERE day BETWEEN %(today)s AND %(expiring_until)s
    GROUP BY id, code, is_open
    UNION ALL
    SELECT 'R04', CASE WHEN stage = ANY(%(underway)s) THEN 'now' ELSE 'soon' END,
        started_on, residency_id, code, is_open, id
    FROM project
    WHERE residency_stage IN ('active', 'paused', 'closing') AND (adopted_on > %(adopted_before)s) IS NOT TRUE
        AND classification = 'not_yet_classified'
        AND (stage = ANY(%(underway)s) OR started_on < %(thirty_ago)s)
    UNION ALL
    SELECT 'R14', CASE WHEN pressing THEN 'now' ELSE 'soon' END,
        least(greatest(entered_on, three_months_on), %(today)s), id, code, is_open, 0
    FROM (
        SELECT r.*, (started_on + interval '3 months')::date AS three_months_on,
            started_on + interval '6 months' <= %(today)s
                OR id IN (SELECT residency_id FROM project WHERE project.stage = ANY(%(past_design)s)) AS pressing
        FROM alive r
        WHERE stage = 'active' AND partners = 0 AND entered_on IS NOT NULL AND started_on IS NOT NULL
    ) gap
    WHERE pressing OR three_months_on <= %(today)s
    UNION ALL
    SELECT 'R18', CASE WHEN sponsor_left_on <= %(sixty_ago)s THEN 'now' ELSE 'soon' END,
        sponsor_left_on, id, code, is_open, 0
    FROM alive
    WHERE stage IN ('active', 'paused') AND sponsor_left_on <= %(thirty_ago)s
    UNION ALL
    SELECT 'R19', level, CASE level WHEN 'soon' THEN (ends - interval '6 months')::date
        ELSE CASE WHEN ends < %(today)s THEN ends ELSE (ends - interval '3 months')::date END END,
        id, code, is_open, 0
    FROM (
        SELECT r.*, CASE
            WHEN ends < %(today)s THEN 'now'
            WHEN adopted_on > %(adopted_before)s THEN NULL
            WHEN ends <= %(three_months)s AND exit_plan_on IS NULL THEN 'now'
            WHEN ends <= %(six_months)s AND end_decision_on IS NULL THEN 'soon' END AS level
        FROM alive r
        WHERE stage IN ('active', 'paused')
    ) ending
    WHERE level IS NOT NULL
),
coming (day, code, is_open) AS MATERIALIZED (
    SELECT planned_start, code, is_open FROM alive
    WHERE stage = ANY(%(before_start)s) AND planned_start >= %(today)s AND planned_start < %(ahead_until)s
    UNION ALL
    SELECT ends, code, is_open FROM alive
    WHERE stage = ANY(%(going_on)s) AND ends >= %(today)s AND ends < %(ahead_until)s
    UNION ALL
    SELECT decision_by, code, is_open FROM alive
    WHERE stage = ANY(%(before_or_going)s) AND decision_by >= %(today)s AND decision_by < %(ahead_until)s
    UNION ALL
    SELECT c.due, code, is_open FROM alive r JOIN programmes_condition c ON c.residency_id = r.id
    WHERE r.stage = ANY(%(before_or_going)s) AND c.met_on IS NULL
        AND c.due >= %(today)s AND c.due < %(ahead_until)s
    UNION ALL
    SELECT target_feedback_on, code, is_open FROM project
    WHERE residency_stage = ANY(%(going_on)s)
        AND target_feedback_on >= %(today)s AND target_feedback_on < %(ahead_until)s
    UNION ALL
    SELECT day, code, is_open FROM lapsing WHERE day >= %(today)s AND day < %(ahead_until)s
    UNION ALL
    -- nothing has such a day that is not set up
    SELECT review_on, code, is_open FROM reach
    WHERE review_on >= %(today)s AND review_on < %(ahead_until)s
)
(
    SELECT 'signal', rule, level, since, code, about, NULL::bigint, NULL::bigint FROM signal
    WHERE is_open AND rule = ANY(%(rules)s)
    ORDER BY level, since, code COLLATE "C", array_position(%(rules)s, rule), about  -- "now" before "soon"
    LIMIT %(most_signals)s OFFSET %(skipped_signals)s
)
UNION ALL
SELECT 'signals', rule, level, NULL, CASE WHEN is_open THEN 'open' WHEN NOT is_open THEN 'closed' END, NULL,
    count(*), count(DISTINCT id)
FROM signal
WHERE rule = ANY(%(rules)s)
GROUP BY GROUPING SETS ((), (level), (rule), (is_open), (rule, is_open))
UNION ALL
(
    SELECT 'ahead', '', NULL, day, code, NULL, NULL, NULL FROM coming
    WHERE is_open
    ORDER BY day, code COLLATE "C"
    LIMIT %(most_ahead)s
)
UNION ALL
SELECT 'aheads', '', NULL, NULL, NULL, NULL, count(*), count(*) FILTER (WHERE is_open) FROM coming
UNION ALL
SELECT 'access', '', NULL, NULL, NULL, NULL, count(*),
    count(*) FILTER (WHERE i.state = 'in_place' AND (i.expires_on IS NULL OR i.expires_on >= %(today)s))
FROM post JOIN programmes_accessitem i ON i.placement_id = post.id
WHERE i.state <> 'not_required'
UNION ALL
SELECT 'stage', stage, NULL, NULL, NULL, count(*) FILTER (WHERE entered_on IS NOT NULL), count(*),
    count(*) FILTER (WHERE entered_on IS NOT NULL AND partners > 0)
FROM reach
GROUP BY stage
