import { type Comparison, comparisons, type Level } from './comparisons.ts';
import type { Model } from './model.ts';
import { chancesOf, countedOf } from './weigh.ts';

interface SplinkLevel {
  readonly sql_condition: string;
  readonly label_for_charts: string;
  readonly is_null_level?: true;
  readonly m_probability?: number;
  readonly u_probability?: number;
  readonly tf_adjustment_column?: string;
  readonly tf_adjustment_weight?: number;
  readonly tf_minimum_u_value?: number;
  readonly disable_tf_exact_match_detection?: true;
}

/** Settings as Splink 4 reads them. */
export interface SplinkSettings {
  readonly link_type: 'dedupe_only';
  readonly unique_id_column_name: 'id';
  readonly probability_two_random_records_match: number;
  readonly retain_intermediate_calculation_columns: true;
  readonly comparisons: readonly {
    readonly output_column_name: string;
    readonly comparison_description: string;
    readonly comparison_levels: readonly SplinkLevel[];
  }[];
  readonly blocking_rules_to_generate_predictions: readonly string[];
}

/** A model for Splink, and what of it Splink has no place for. */
export interface SplinkExport {
  readonly settings: SplinkSettings;
  readonly notes: readonly string[];
}

/** Columns of the pair as Splink names them: `l.given` is "given_l". */
function conditionOf(sql: string): string {
  return sql.replaceAll(/(?<![\w'.])([lr])\.(\w+)/g, '"$2_$1"');
}

/**
 * The model as settings of Splink 4 over the columns of the features, for records that only a cluster of machines
 * holds. Weights of two records are the same but for what the notes say.
 */
export function toSplink(model: Model, blockingRules: readonly string[]): SplinkExport {
  return {
    settings: {
      link_type: 'dedupe_only',
      unique_id_column_name: 'id',
      probability_two_random_records_match: model.prior.match,
      retain_intermediate_calculation_columns: true,
      comparisons: comparisons.map((one) => ({
        output_column_name: one.id,
        comparison_description: one.says,
        comparison_levels: one.levels.map((level, at) => levelOf(model, one, { level, at })),
      })),
      blocking_rules_to_generate_predictions: blockingRules,
    },
    notes: notesOn(model),
  };
}

function levelOf(model: Model, one: Comparison, { level, at }: { level: Level; at: number }): SplinkLevel {
  const isLast = at === one.levels.length - 1;
  const said = { sql_condition: isLast ? 'ELSE' : conditionOf(level.sql), label_for_charts: level.says };
  if (level.isNull === true) return { ...said, is_null_level: true };
  const chances = chancesOf(model, one, level);
  // A level that the model does not know says nothing: as likely of one person as of two.
  if (chances === null) return { ...said, m_probability: 0.5, u_probability: 0.5 };
  const counted = countedOf(model, level);
  return {
    ...said,
    m_probability: chances.m,
    u_probability: chances.u,
    ...(counted === null || level.frequency === undefined
      ? {}
      : {
          tf_adjustment_column: level.frequency,
          tf_adjustment_weight: 1,
          tf_minimum_u_value: counted.floor,
          disable_tf_exact_match_detection: true,
        }),
  };
}

function notesOn({ prior, frequencies, together, calibration }: Model): readonly string[] {
  const generic = Object.entries(frequencies).flatMap(([column, { generic }]) => (generic === null ? [] : [column]));
  return [
    'The conditions are those of DuckDB; on Spark, jaro_winkler_similarity and functions of lists are named otherwise.',
    'Splink counts the frequencies of values in its own input: to have the same weights, register those of the model ' +
      'as term frequency tables. Where two records share one of several values, it takes the frequency of the whole ' +
      'text, and of two the greater; Heed takes that of the value, and of two the less.',
    ...(prior.household > 0
      ? [
          'Splink knows two possibilities, one person and two. The third, two people of one household, cannot be ' +
            'carried over: people of one household will score higher there, by what the household step says here.',
        ]
      : []),
    ...(generic.length > 0
      ? [`That very common values weigh nothing cannot be carried over: ${generic.join(', ')}. Empty them beforehand.`]
      : []),
    ...(Object.keys(together).length > 0
      ? ['That names which often go together weigh less cannot be carried over: common names score higher there.']
      : []),
    ...(calibration === null ? [] : ['The calibration by decisions cannot be carried over: probabilities are plain.']),
  ];
}
