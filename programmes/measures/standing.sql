-- What asks for attention, what is ahead and what is in place, of the residencies in reach: the rules of attention.py,
-- ahead.py and access_times.py (M02) once more, as PostgreSQL can count them. tests/measures/oracles holds the two to
-- each other. Result: part, name, level, day, code, about, lines, residencies.
-- Things needed for posts that are not over
WITH item AS MATERIALIZED (
    SELECT i.id, p.residency_id, i.placement_id, i.host_id, i.state = 'in_place' AS is_in_place, i.expires_on,
        i.kind = ANY(%(permissions)s) AS permits, p.start, p."end"
    FROM reach r
    JOIN programmes_placement p ON p.residency_id = r.id
    JOIN programmes_accessitem i ON i.placement_id = p.id
    WHERE r.stage IN ('onboarding', 'active', 'paused', 'closing')
        AND i.state <> 'not_required'
        AND (p."end" IS NULL OR p."end" > %(today)s)
),
-- In place, with a last day after which the post goes on and no other permission holds
lapsing AS MATERIALIZED (
    SELECT i.residency_id AS id, i.expires_on AS day
    FROM item i
    WHERE i.is_in_place
        AND i.expires_on <= %(horizon)s
        AND (i."end" IS NULL OR i."end" > i.expires_on + 1)
        AND NOT (i.permits AND EXISTS (
            SELECT FROM programmes_accessitem o
            WHERE o.placement_id = i.placement_id AND o.host_id = i.host_id AND o.id <> i.id
                AND o.kind = ANY(%(permissions)s) AND o.state = 'in_place'
                AND (o.expires_on IS NULL OR o.expires_on >= greatest(%(today)s, i.expires_on + 1))
        ))
),
signal (rule, level, since, id, code, is_open, about) AS MATERIALIZED (
    SELECT 'approval', 'now', (submitted_at AT TIME ZONE %(zone)s)::date, id, code, is_open, 0::bigint
    FROM reach
    WHERE stage = 'scoping' AND submitted_at IS NOT NULL
    UNION ALL
    SELECT 'condition', 'now', c.due, r.id, r.code, r.is_open, c.id
    FROM reach r JOIN programmes_condition c ON c.residency_id = r.id
    WHERE c.met_on IS NULL AND c.due < %(today)s
        AND r.stage NOT IN ('ended', 'legacy', 'declined', 'withdrawn', 'terminated_early')
    UNION ALL
    SELECT 'R01',
        CASE WHEN bool_or(permits AND start <= %(today)s) THEN 'now' ELSE 'soon' END,
        CASE WHEN min(start) <= %(today)s THEN min(start)
            -- ten working days before
            ELSE min(start) - 14 + CASE extract(isodow FROM min(start)) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END END,
        reach.id, code, is_open, 0
    FROM item i JOIN reach ON reach.id = i.residency_id
    WHERE stage IN ('onboarding', 'active') AND (adopted_on > %(adopted_before)s) IS NOT TRUE
        AND NOT i.is_in_place AND start <= %(last_start)s
        AND NOT (permits AND EXISTS (
            SELECT FROM programmes_accessitem o
            WHERE o.placement_id = i.placement_id AND o.host_id = i.host_id AND o.id <> i.id
                AND o.kind = ANY(%(permissions)s) AND o.state = 'in_place'
                AND (o.expires_on IS NULL OR o.expires_on >= %(today)s)
        ))
    GROUP BY reach.id, code, is_open
    UNION ALL
    SELECT 'R02', 'now', min(day), id, code, is_open, 0
    FROM lapsing JOIN reach USING (id)
    WHERE day < %(today)s
    GROUP BY id, code, is_open
    UNION ALL
    SELECT 'R02', 'soon', min(day) - %(expiring)s, id, code, is_open, 0
    FROM lapsing JOIN reach USING (id)
    WHERE day BETWEEN %(today)s AND %(expiring_until)s
    GROUP BY id, code, is_open
    UNION ALL
    SELECT 'R04', CASE WHEN p.stage = ANY(%(underway)s) THEN 'now' ELSE 'soon' END,
        p.started_on, r.id, r.code, r.is_open, p.id
    FROM reach r JOIN programmes_project p ON p.residency_id = r.id
    WHERE r.stage IN ('active', 'paused', 'closing') AND (r.adopted_on > %(adopted_before)s) IS NOT TRUE
        AND p.ended_on IS NULL AND p.classification = 'not_yet_classified'
        AND (p.stage = ANY(%(underway)s) OR p.started_on < %(thirty_ago)s)
    UNION ALL
    SELECT 'R14', CASE WHEN pressing THEN 'now' ELSE 'soon' END,
        least(greatest(entered_on, three_months_on), %(today)s), id, code, is_open, 0
    FROM (
        SELECT r.*, (started_on + interval '3 months')::date AS three_months_on,
            started_on + interval '6 months' <= %(today)s OR EXISTS (
                SELECT FROM programmes_project p
                WHERE p.residency_id = r.id AND p.ended_on IS NULL AND p.stage = ANY(%(past_design)s)
            ) AS pressing
        FROM reach r
        WHERE stage = 'active' AND partners = 0 AND entered_on IS NOT NULL AND started_on IS NOT NULL
    ) gap
    WHERE pressing OR three_months_on <= %(today)s
    UNION ALL
    SELECT 'R18', CASE WHEN sponsor_left_on <= %(sixty_ago)s THEN 'now' ELSE 'soon' END,
        sponsor_left_on, id, code, is_open, 0
    FROM reach
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
        FROM reach r
        WHERE stage IN ('active', 'paused')
    ) ending
    WHERE level IS NOT NULL
),
coming (day, code, is_open) AS MATERIALIZED (
    SELECT planned_start, code, is_open FROM reach
    WHERE stage = ANY(%(before_start)s) AND planned_start >= %(today)s AND planned_start < %(ahead_until)s
    UNION ALL
    SELECT ends, code, is_open FROM reach
    WHERE stage = ANY(%(going_on)s) AND ends >= %(today)s AND ends < %(ahead_until)s
    UNION ALL
    SELECT decision_by, code, is_open FROM reach
    WHERE stage = ANY(%(before_or_going)s) AND decision_by >= %(today)s AND decision_by < %(ahead_until)s
    UNION ALL
    SELECT c.due, code, is_open FROM reach r JOIN programmes_condition c ON c.residency_id = r.id
    WHERE r.stage = ANY(%(before_or_going)s) AND c.met_on IS NULL
        AND c.due >= %(today)s AND c.due < %(ahead_until)s
    UNION ALL
    SELECT p.target_feedback_on, code, is_open FROM reach r JOIN programmes_project p ON p.residency_id = r.id
    WHERE r.stage = ANY(%(going_on)s) AND p.ended_on IS NULL
        AND p.target_feedback_on >= %(today)s AND p.target_feedback_on < %(ahead_until)s
    UNION ALL
    SELECT day, code, is_open FROM lapsing JOIN reach USING (id) WHERE day >= %(today)s AND day < %(ahead_until)s
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
    count(*) FILTER (WHERE is_in_place AND (expires_on IS NULL OR expires_on >= %(today)s))
FROM item
UNION ALL
SELECT 'stage', stage, NULL, NULL, NULL, count(*) FILTER (WHERE entered_on IS NOT NULL), count(*),
    count(*) FILTER (WHERE entered_on IS NOT NULL AND partners > 0)
FROM reach
GROUP BY stage
