-- Questionnaire small, version 1.0, scored by allycheck for duckdb.
--
-- The table answers has one row an organisation, its latest, and these columns, named exactly so:
-- - of each indicator a to c, 3 in all: 0 to 4, na or dk, as text or whole number; empty or missing is not answered
-- - actor: firm, city
-- - form: full, quick; empty is full
-- - region: what is grouped by
--
-- The result has one row a count. Its columns:
-- - kind, subject: what is counted
--     organisations: counted, or left out because of an unknown actor, form or answer
--     known: value is the mean share of the weight that is known, 0 to 1
--     level: value is the maturity level, overall or of a trend
--     score, pillar, exposure: value is from how many points to below how many (the last: to 100)
--     lower quartile, median, upper quartile of a score, pillar or exposure: value is in points
--     answer: value is the level of an indicator, 0 the weakest, also where a question is worded in reverse
-- - region: the group; all of them NULL: all organisations together
-- - value: a word or a number, as text
-- - n: how many organisations
--
-- Counts under 5 are NOT withheld here. Whoever passes the result on sees to it that nobody is given away.
WITH source AS (
  SELECT
    COALESCE(CAST("actor" AS TEXT), '') AS actor,
    COALESCE(NULLIF(COALESCE(CAST("form" AS TEXT), ''), ''), 'full') AS form,
    COALESCE(CAST("region" AS TEXT), '') AS by_0,
    CAST("a" AS TEXT) AS i_0,
    CAST("b-2" AS TEXT) AS i_1,
    CAST("c" AS TEXT) AS i_2
  FROM answers
), keyed AS (
  SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY actor, form, by_0) AS INT) AS g,
    CASE
      WHEN actor IN ('firm', 'city') AND form IN ('full', 'quick')
      THEN CAST(DENSE_RANK() OVER (ORDER BY by_0) - 1 AS INT)
    END AS h,
    actor,
    form,
    by_0,
    CAST(1 AS DOUBLE) AS w_0,
    CAST(1 AS DOUBLE) AS w_1,
    CAST(1 AS DOUBLE) * CASE form WHEN 'full' THEN 1 ELSE 0 END AS f_0,
    CAST(CASE actor WHEN 'firm' THEN 0 WHEN 'city' THEN 1 ELSE 0 END AS DOUBLE) * CASE form WHEN 'full' THEN 1 ELSE 0 END AS f_1
  FROM (
    SELECT DISTINCT
      source.actor AS actor,
      source.form AS form,
      source.by_0 AS by_0
    FROM source
  ) AS inner_rows
), sums AS (
  SELECT
    keyed.g,
    keyed.h,
    keyed.w_0,
    keyed.w_1,
    CAST(CASE COALESCE(i_0, '')
      WHEN ''
      THEN 1
      WHEN '0'
      THEN 17
      WHEN '1'
      THEN 4369
      WHEN '2'
      THEN 70161
      WHEN '3'
      THEN 1118993
      WHEN '4'
      THEN 17896465
      WHEN 'dk'
      THEN 1
      WHEN 'na'
      THEN 0
    END AS DOUBLE) + f_0 * (
      CAST(CASE COALESCE(i_1, '')
        WHEN ''
        THEN 2
        WHEN '0'
        THEN 35792930
        WHEN '1'
        THEN 2237986
        WHEN '2'
        THEN 140322
        WHEN '3'
        THEN 8738
        WHEN '4'
        THEN 34
        WHEN 'dk'
        THEN 2
        WHEN 'na'
        THEN 0
      END AS DOUBLE)
    ) AS c_0_0_0,
    f_1 * (
      CAST(CASE COALESCE(i_2, '')
        WHEN ''
        THEN 1
        WHEN '0'
        THEN 9
        WHEN '1'
        THEN 585
        WHEN '2'
        THEN 4745
        WHEN '3'
        THEN 37577
        WHEN '4'
        THEN 299785
        WHEN 'dk'
        THEN 1
      END AS DOUBLE)
    ) AS c_1_0_0,
    CAST(CASE COALESCE(i_0, '')
      WHEN ''
      THEN 1
      WHEN '0'
      THEN 17
      WHEN '1'
      THEN 4369
      WHEN '2'
      THEN 70161
      WHEN '3'
      THEN 1118993
      WHEN '4'
      THEN 17896465
      WHEN 'dk'
      THEN 1
      WHEN 'na'
      THEN 0
    END AS DOUBLE) + f_1 * (
      CAST(CASE COALESCE(i_2, '')
        WHEN ''
        THEN 2
        WHEN '0'
        THEN 34
        WHEN '1'
        THEN 8738
        WHEN '2'
        THEN 140322
        WHEN '3'
        THEN 2237986
        WHEN '4'
        THEN 35792930
        WHEN 'dk'
        THEN 2
      END AS DOUBLE)
    ) AS r_0_0,
    CAST(CAST(CASE COALESCE(i_0, '')
      WHEN ''
      THEN 5
      WHEN '0'
      THEN 0
      WHEN '1'
      THEN 1
      WHEN '2'
      THEN 2
      WHEN '3'
      THEN 3
      WHEN '4'
      THEN 4
      WHEN 'dk'
      THEN 5
      WHEN 'na'
      THEN 6
    END AS DOUBLE) + CAST(CASE COALESCE(i_1, '')
      WHEN ''
      THEN 40
      WHEN '0'
      THEN 32
      WHEN '1'
      THEN 24
      WHEN '2'
      THEN 16
      WHEN '3'
      THEN 8
      WHEN '4'
      THEN 0
      WHEN 'dk'
      THEN 40
      WHEN 'na'
      THEN 48
    END AS DOUBLE) + CAST(CASE COALESCE(i_2, '')
      WHEN ''
      THEN 320
      WHEN '0'
      THEN 0
      WHEN '1'
      THEN 64
      WHEN '2'
      THEN 128
      WHEN '3'
      THEN 192
      WHEN '4'
      THEN 256
      WHEN 'dk'
      THEN 320
    END AS DOUBLE) AS SMALLINT) AS s_0
  FROM source
  JOIN keyed
    ON source.actor = keyed.actor AND source.form = keyed.form AND source.by_0 = keyed.by_0
), trends AS (
  SELECT
    g,
    h,
    s_0,
    w_0,
    w_1,
    CAST(c_0_0_0 AS BIGINT) AS c_0_0_0,
    CAST(c_0_0_0 AS BIGINT) AS t_0_0,
    CAST(c_1_0_0 AS BIGINT) AS c_1_0_0,
    CAST(c_1_0_0 AS BIGINT) AS t_1_0,
    CAST(r_0_0 AS BIGINT) AS r_0_0
  FROM sums
), parts AS (
  SELECT
    g,
    h,
    s_0,
    t_0_0,
    t_1_0,
    w_0,
    w_1,
    CAST(t_0_0 & 15 AS DOUBLE) AS a_0,
    CAST((
      t_0_0 >> 4
    ) & 15 AS DOUBLE) AS k_0,
    CAST((
      t_0_0 >> 8
    ) & 15 AS DOUBLE) AS p_0,
    CAST((
      t_0_0 >> 12
    ) & 15 AS DOUBLE) AS l1_0,
    CAST((
      t_0_0 >> 16
    ) & 15 AS DOUBLE) AS l2_0,
    CAST((
      t_0_0 >> 20
    ) & 15 AS DOUBLE) AS l3_0,
    CAST((
      t_0_0 >> 24
    ) AS DOUBLE) AS l4_0,
    CAST(t_1_0 & 7 AS DOUBLE) AS a_1,
    CAST((
      t_1_0 >> 3
    ) & 7 AS DOUBLE) AS k_1,
    CAST((
      t_1_0 >> 6
    ) & 7 AS DOUBLE) AS p_1,
    CAST((
      t_1_0 >> 9
    ) & 7 AS DOUBLE) AS l1_1,
    CAST((
      t_1_0 >> 12
    ) & 7 AS DOUBLE) AS l2_1,
    CAST((
      t_1_0 >> 15
    ) & 7 AS DOUBLE) AS l3_1,
    CAST((
      t_1_0 >> 18
    ) AS DOUBLE) AS l4_1,
    CAST(r_0_0 & 15 AS DOUBLE) AS ra_0,
    CAST((
      r_0_0 >> 4
    ) & 15 AS DOUBLE) AS rk_0,
    CAST((
      r_0_0 >> 8
    ) & 15 AS DOUBLE) AS rp_0
  FROM trends
), wholes AS (
  SELECT
    *,
    CAST(5 * l1_0 >= 3 * a_0 AS DOUBLE) AS m1_0,
    CAST(5 * l2_0 >= 3 * a_0 AS DOUBLE) AS m2_0,
    CAST(5 * l3_0 >= 3 * a_0 AND l1_0 = a_0 AS DOUBLE) AS m3_0,
    CAST(5 * l4_0 >= 3 * a_0 AND l2_0 = a_0 AS DOUBLE) AS m4_0,
    w_0 * CAST(a_0 > 0 AS DOUBLE) AS counted_0,
    w_0 * (
      6 / (
        a_0 + CAST(a_0 = 0 AS DOUBLE)
      )
    ) AS over_0,
    w_0 * (
      6 / (
        k_0 + CAST(k_0 = 0 AS DOUBLE)
      )
    ) AS known_over_0,
    CAST(5 * l1_1 >= 3 * a_1 AS DOUBLE) AS m1_1,
    CAST(5 * l2_1 >= 3 * a_1 AS DOUBLE) AS m2_1,
    CAST(5 * l3_1 >= 3 * a_1 AND l1_1 = a_1 AS DOUBLE) AS m3_1,
    CAST(5 * l4_1 >= 3 * a_1 AND l2_1 = a_1 AS DOUBLE) AS m4_1,
    w_1 * CAST(a_1 > 0 AS DOUBLE) AS counted_1,
    w_1 * (
      6 / (
        a_1 + CAST(a_1 = 0 AS DOUBLE)
      )
    ) AS over_1,
    w_1 * (
      6 / (
        k_1 + CAST(k_1 = 0 AS DOUBLE)
      )
    ) AS known_over_1
  FROM parts
), sets AS (
  SELECT
    g,
    h,
    s_0,
    t_0_0,
    t_1_0,
    ra_0,
    rk_0,
    rp_0,
    over_0 * a_0 + over_1 * a_1 AS all_a,
    over_0 * k_0 + over_1 * k_1 AS all_k,
    known_over_0 * p_0 + known_over_1 * p_1 AS all_p,
    known_over_0 * k_0 + known_over_1 * k_1 AS all_pk,
    counted_0 + counted_1 AS counted,
    counted_0 * m1_0 + counted_1 * m1_1 AS h1,
    counted_0 * m2_0 + counted_1 * m2_1 AS h2,
    counted_0 * m3_0 + counted_1 * m3_1 AS h3,
    counted_0 * m4_0 + counted_1 * m4_1 AS h4
  FROM wholes
), scored AS (
  SELECT
    g,
    h,
    s_0,
    t_0_0,
    t_1_0,
    CAST(1000000 * CAST(all_k AS BIGINT) // CAST((
      all_a + CAST(all_a = 0 AS DOUBLE)
    ) AS BIGINT) AS INT) AS coverage,
    CAST(5 + CAST(all_k > 0 AND 3 * all_k >= 2 * all_a AS INT) * (
      CAST(3 * h1 >= 2 * counted AS DOUBLE) + CAST(3 * h2 >= 2 * counted AND h1 = counted AS DOUBLE) + CAST(3 * h3 >= 2 * counted AND h2 = counted AS DOUBLE) + CAST(3 * h4 >= 2 * counted AND h3 = counted AS DOUBLE) - 5
    ) AS SMALLINT) AS "level_overall",
    CASE
      WHEN all_k > 0 AND 3 * all_k >= 2 * all_a
      THEN CAST(25000000 * CAST(all_p AS BIGINT) // CAST(all_pk AS BIGINT) AS INT)
    END AS "score_overall",
    CASE
      WHEN rk_0 > 0 AND 3 * rk_0 >= 2 * ra_0
      THEN CAST(25000000 * CAST((
        4 * rk_0 - rp_0
      ) AS BIGINT) // CAST(rk_0 AS BIGINT) AS INT)
    END AS "score_rift"
  FROM sets
), organisations AS (
  SELECT
    h,
    s_0,
    g,
    coverage,
    "level_overall",
    "score_overall",
    "score_rift",
    CAST(5 + CAST(k_0 > 0 AND 3 * k_0 >= 2 * a_0 AS INT) * (
      CAST(5 * l1_0 >= 3 * a_0 AS DOUBLE) + CAST(5 * l2_0 >= 3 * a_0 AS DOUBLE) + CAST(5 * l3_0 >= 3 * a_0 AND l1_0 = a_0 AS DOUBLE) + CAST(5 * l4_0 >= 3 * a_0 AND l2_0 = a_0 AS DOUBLE) - 5
    ) AS SMALLINT) AS "level_first",
    CASE
      WHEN k_0 > 0 AND 3 * k_0 >= 2 * a_0
      THEN CAST(25000000 * CAST(p_0 AS BIGINT) // CAST(k_0 AS BIGINT) AS INT)
    END AS "score_first",
    CAST(5 + CAST(k_1 > 0 AND 3 * k_1 >= 2 * a_1 AS INT) * (
      CAST(5 * l1_1 >= 3 * a_1 AS DOUBLE) + CAST(5 * l2_1 >= 3 * a_1 AS DOUBLE) + CAST(5 * l3_1 >= 3 * a_1 AND l1_1 = a_1 AS DOUBLE) + CAST(5 * l4_1 >= 3 * a_1 AND l2_1 = a_1 AS DOUBLE) - 5
    ) AS SMALLINT) AS "level_second",
    CASE
      WHEN k_1 > 0 AND 3 * k_1 >= 2 * a_1
      THEN CAST(25000000 * CAST(p_1 AS BIGINT) // CAST(k_1 AS BIGINT) AS INT)
    END AS "score_second"
  FROM (
    SELECT
      *,
      CAST(t_0_0 & 15 AS DOUBLE) AS a_0,
      CAST((
        t_0_0 >> 4
      ) & 15 AS DOUBLE) AS k_0,
      CAST((
        t_0_0 >> 8
      ) & 15 AS DOUBLE) AS p_0,
      CAST((
        t_0_0 >> 12
      ) & 15 AS DOUBLE) AS l1_0,
      CAST((
        t_0_0 >> 16
      ) & 15 AS DOUBLE) AS l2_0,
      CAST((
        t_0_0 >> 20
      ) & 15 AS DOUBLE) AS l3_0,
      CAST((
        t_0_0 >> 24
      ) AS DOUBLE) AS l4_0,
      CAST(t_1_0 & 7 AS DOUBLE) AS a_1,
      CAST((
        t_1_0 >> 3
      ) & 7 AS DOUBLE) AS k_1,
      CAST((
        t_1_0 >> 6
      ) & 7 AS DOUBLE) AS p_1,
      CAST((
        t_1_0 >> 9
      ) & 7 AS DOUBLE) AS l1_1,
      CAST((
        t_1_0 >> 12
      ) & 7 AS DOUBLE) AS l2_1,
      CAST((
        t_1_0 >> 15
      ) & 7 AS DOUBLE) AS l3_1,
      CAST((
        t_1_0 >> 18
      ) AS DOUBLE) AS l4_1
    FROM scored
  ) AS totals
), subjects AS (
  SELECT
    number,
    kind,
    subject
  FROM (VALUES
    (0, 'known', 'overall'),
    (1, 'level', 'overall'),
    (2, 'level', 'first'),
    (3, 'level', 'second'),
    (4, 'score', 'overall'),
    (5, 'score', 'first'),
    (6, 'score', 'second'),
    (7, 'exposure', 'rift'),
    (8, 'answer', 'a'),
    (9, 'answer', 'b-2'),
    (10, 'answer', 'c')) AS listed(number, kind, subject)
), melted AS (
  SELECT
    g,
    number,
    CASE number
      WHEN 0
      THEN CAST(coverage AS BIGINT)
      WHEN 1
      THEN CAST("level_overall" AS BIGINT)
      WHEN 2
      THEN CAST("level_first" AS BIGINT)
      WHEN 3
      THEN CAST("level_second" AS BIGINT)
      WHEN 4
      THEN CAST("score_overall" AS BIGINT)
      WHEN 5
      THEN CAST("score_first" AS BIGINT)
      WHEN 6
      THEN CAST("score_second" AS BIGINT)
      WHEN 7
      THEN CAST("score_rift" AS BIGINT)
      WHEN 8
      THEN CAST((
        s_0 // 1
      ) % 8 AS BIGINT)
      WHEN 9
      THEN CAST((
        s_0 // 8
      ) % 8 AS BIGINT)
      WHEN 10
      THEN CAST((
        s_0 // 64
      ) % 8 AS BIGINT)
    END AS value
  FROM organisations
  CROSS JOIN subjects
  WHERE
    NOT h IS NULL AND NOT s_0 IS NULL
), cells AS (
  SELECT
    g,
    number,
    value,
    COUNT(*) AS n
  FROM melted
  GROUP BY
    g,
    number,
    value
), everybody AS (
  SELECT
    everyone
  FROM (VALUES
    (0),
    (1)) AS whether(everyone)
), grouped AS (
  SELECT
    h,
    number,
    value,
    CAST(SUM(n) AS BIGINT) AS n
  FROM (
    SELECT
      CASE everyone WHEN 1 THEN -1 ELSE keyed.h END AS h,
      number,
      value,
      n
    FROM cells
    JOIN keyed
      ON keyed.g = cells.g
    CROSS JOIN everybody
    WHERE
      NOT value IS NULL AND number IN (4, 5, 6, 7)
  ) AS inner_rows
  GROUP BY
    h,
    number,
    value
), ranked AS (
  SELECT
    h,
    number,
    value,
    n,
    CAST(SUM(n) OVER (PARTITION BY h, number ORDER BY value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) - n AS before,
    CAST(SUM(n) OVER (PARTITION BY h, number) AS BIGINT) AS known
  FROM grouped
), ordered AS (
  SELECT
    h,
    number,
    value,
    n,
    before,
    known
  FROM ranked
  WHERE
    (
      (
        (
          known - 1
        ) * 1 + 0
      ) // 4 >= before AND (
        (
          known - 1
        ) * 1 + 0
      ) // 4 < before + n
    )
    OR (
      (
        (
          known - 1
        ) * 1 + 3
      ) // 4 >= before AND (
        (
          known - 1
        ) * 1 + 3
      ) // 4 < before + n
    )
    OR (
      (
        (
          known - 1
        ) * 2 + 0
      ) // 4 >= before AND (
        (
          known - 1
        ) * 2 + 0
      ) // 4 < before + n
    )
    OR (
      (
        (
          known - 1
        ) * 2 + 3
      ) // 4 >= before AND (
        (
          known - 1
        ) * 2 + 3
      ) // 4 < before + n
    )
    OR (
      (
        (
          known - 1
        ) * 3 + 0
      ) // 4 >= before AND (
        (
          known - 1
        ) * 3 + 0
      ) // 4 < before + n
    )
    OR (
      (
        (
          known - 1
        ) * 3 + 3
      ) // 4 >= before AND (
        (
          known - 1
        ) * 3 + 3
      ) // 4 < before + n
    )
), named AS (
  SELECT DISTINCT
    h,
    by_0
  FROM keyed
  WHERE
    NOT h IS NULL
), grouped_cells AS (
  SELECT
    everyone,
    CASE everyone WHEN 0 THEN keyed.by_0 END AS by_0,
    kind,
    subject,
    cells.number,
    value,
    n,
    CASE
      WHEN (
        actor = 'firm' AND cells.number IN (10)
      ) OR (
        form = 'quick' AND cells.number IN (9, 10)
      )
      THEN 1
      ELSE 0
    END AS unasked
  FROM cells
  JOIN keyed
    ON keyed.g = cells.g
  JOIN subjects
    ON subjects.number = cells.number
  CROSS JOIN everybody
), worded AS (
  SELECT
    everyone,
    by_0,
    kind,
    subject,
    CASE kind
      WHEN 'level'
      THEN CASE value
        WHEN 0
        THEN 'absent'
        WHEN 1
        THEN 'adhoc'
        WHEN 2
        THEN 'defined'
        WHEN 3
        THEN 'practised'
        WHEN 4
        THEN 'adaptive'
        ELSE 'not published'
      END
      WHEN 'answer'
      THEN CASE
        WHEN unasked = 1
        THEN 'not asked'
        WHEN value = 5
        THEN 'not known'
        WHEN value = 6
        THEN 'not applicable'
        ELSE CAST(value AS TEXT)
      END
      WHEN 'exposure'
      THEN CASE
        WHEN value IS NULL
        THEN 'not published'
        WHEN value < 10000000
        THEN '0 to 10'
        WHEN value < 20000000
        THEN '10 to 20'
        WHEN value < 30000000
        THEN '20 to 30'
        WHEN value < 35000000
        THEN '30 to 35'
        WHEN value < 40000000
        THEN '35 to 40'
        WHEN value < 50000000
        THEN '40 to 50'
        WHEN value < 60000000
        THEN '50 to 60'
        WHEN value < 70000000
        THEN '60 to 70'
        WHEN value < 80000000
        THEN '70 to 80'
        WHEN value < 90000000
        THEN '80 to 90'
        ELSE '90 to 100'
      END
      ELSE CASE
        WHEN value IS NULL
        THEN 'not published'
        WHEN value < 10000000
        THEN '0 to 10'
        WHEN value < 20000000
        THEN '10 to 20'
        WHEN value < 30000000
        THEN '20 to 30'
        WHEN value < 40000000
        THEN '30 to 40'
        WHEN value < 50000000
        THEN '40 to 50'
        WHEN value < 60000000
        THEN '50 to 60'
        WHEN value < 70000000
        THEN '60 to 70'
        WHEN value < 80000000
        THEN '70 to 80'
        WHEN value < 90000000
        THEN '80 to 90'
        ELSE '90 to 100'
      END
    END AS value,
    n
  FROM grouped_cells
  WHERE
    kind <> 'known'
), quartiles AS (
  SELECT
    h,
    number,
    part,
    known,
    CAST(SUM(
      CASE
        WHEN (
          (
            (
              known - 1
            ) * part + 0
          ) // 4 >= before AND (
            (
              known - 1
            ) * part + 0
          ) // 4 < before + n
        )
        THEN value * (
          4 - (
            (
              known - 1
            ) * part
          ) % 4
        )
        ELSE 0
      END + CASE
        WHEN (
          (
            (
              known - 1
            ) * part + 3
          ) // 4 >= before AND (
            (
              known - 1
            ) * part + 3
          ) // 4 < before + n
        )
        THEN value * (
          (
            (
              known - 1
            ) * part
          ) % 4
        )
        ELSE 0
      END
    ) AS BIGINT) AS points
  FROM ordered
  CROSS JOIN (VALUES
    (1),
    (2),
    (3)) AS quarters(part)
  GROUP BY
    h,
    number,
    part,
    known
), told AS (
  SELECT
    kind,
    subject,
    by_0,
    value,
    CAST(SUM(n) AS BIGINT) AS n
  FROM worded
  GROUP BY
    everyone,
    kind,
    subject,
    by_0,
    value
  UNION ALL
  SELECT
    'organisations' AS kind,
    'counted' AS subject,
    by_0,
    CAST(NULL AS TEXT) AS value,
    CAST(SUM(n) AS BIGINT) AS n
  FROM grouped_cells
  WHERE
    kind = 'known'
  GROUP BY
    everyone,
    by_0
  UNION ALL
  SELECT
    'organisations' AS kind,
    'left out' AS subject,
    CAST(NULL AS TEXT) AS by_0,
    CAST(NULL AS TEXT) AS value,
    (
      SELECT
        COUNT(*)
      FROM source
    ) - COALESCE(CAST(SUM(n) AS BIGINT), 0) AS n
  FROM cells
  WHERE
    number = 0
  UNION ALL
  SELECT
    kind,
    subject,
    by_0,
    CAST(CAST(SUM(value * n) AS BIGINT) // CAST(SUM(n) AS BIGINT) // 1000000 AS TEXT) || '.' || LPAD(CAST((
      CAST(SUM(value * n) AS BIGINT) // CAST(SUM(n) AS BIGINT)
    ) % 1000000 AS TEXT), 6, '0') AS value,
    CAST(SUM(n) AS BIGINT) AS n
  FROM grouped_cells
  WHERE
    kind = 'known'
  GROUP BY
    everyone,
    kind,
    subject,
    by_0
  UNION ALL
  SELECT
    CASE part WHEN 1 THEN 'lower quartile' WHEN 2 THEN 'median' ELSE 'upper quartile' END AS kind,
    subject,
    named.by_0,
    CAST(points // 4 // 1000000 AS TEXT) || '.' || LPAD(CAST((
      points // 4
    ) % 1000000 AS TEXT), 6, '0') AS value,
    known AS n
  FROM quartiles
  JOIN subjects
    ON subjects.number = quartiles.number
  LEFT JOIN named
    ON named.h = quartiles.h
)
SELECT
  kind,
  subject,
  by_0 AS "region",
  value,
  n
FROM told
ORDER BY
  1,
  2,
  3,
  4;
