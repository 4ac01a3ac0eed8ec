-- What was recorded of the residencies in reach that may be opened, after a moment, the latest first; entries of logs are never among it.
-- Where a record keeps only its day, that whole day counts. Result: part, day, code, title, adopted_on, about, told,
-- and how many there are in all. Where the moment is not known yet, `< 'infinity'` lets PostgreSQL plan for few.
WITH change (part, day, id, about, told) AS (
    SELECT 'steps', day, residency_id, NULL::bigint, array_agg(
        concat_ws('>', from_stage, to_stage, CASE WHEN with_conditions THEN 'with conditions' ELSE '' END)
        ORDER BY recorded_at, id)
    FROM (
        SELECT s.*, (s.recorded_at AT TIME ZONE %(zone)s)::date AS day
        FROM programmes_stagechange s WHERE s.recorded_at > %(since)s AND s.recorded_at < 'infinity'
    ) step
    GROUP BY residency_id, day
    UNION ALL
    SELECT 'use', (recorded_at AT TIME ZONE %(zone)s)::date, residency_id, id, ARRAY[outcome, what]
    FROM programmes_useindecision WHERE recorded_at > %(since)s AND recorded_at < 'infinity'
    UNION ALL
    SELECT 'confirmed', (confirmed_at AT TIME ZONE %(zone)s)::date, residency_id, id, ARRAY[what]
    FROM programmes_useindecision WHERE confirmed_at > %(since)s AND confirmed_at < 'infinity'
    UNION ALL
    SELECT 'project', (added_at AT TIME ZONE %(zone)s)::date, residency_id, id, ARRAY[title]
    FROM programmes_project WHERE added_at > %(since)s AND added_at < 'infinity'
    UNION ALL
    SELECT 'post', p.accepted_on, p.residency_id, NULL,
        ARRAY[(SELECT display_name FROM accounts_person WHERE id = p.person_id)]
    FROM programmes_placement p
    WHERE p.accepted_on >= %(day)s
    UNION ALL
    SELECT 'end', "on", residency_id, NULL, ARRAY[new_end::text]
    FROM programmes_endchange WHERE "on" >= %(day)s
    UNION ALL
    SELECT 'condition', met_on, residency_id, NULL, ARRAY[what]
    FROM programmes_condition WHERE met_on >= %(day)s
)
SELECT part, day, code, (SELECT title FROM programmes_residency r WHERE r.id = reach.id), adopted_on, about, told,
    count(*) OVER ()
FROM change JOIN reach USING (id)
WHERE is_open
ORDER BY day DESC, code COLLATE "C" DESC,
    array_position(ARRAY['steps', 'use', 'confirmed', 'project', 'post', 'end', 'condition'], part), about
LIMIT %(most)s
