using MemoryCluster.Evaluation.Lift;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Teams;

/// <summary>The passages of HotpotQA's questions dealt to four teams by a seeded draw, each passage once; a fifth of them from a restricted resource.</summary>
internal sealed class Deal
{
    public const int Teams = 4;

    /// <summary>Teams whose agents may use the restricted resource: the first two.</summary>
    public const int Privileged = 2;

    private const int RestrictedEvery = 5;

    public Deal(DataFolder data, int seed)
    {
        var chance = new Random(seed);
        var passages = new Dictionary<string, DealtPassage>(StringComparer.Ordinal);
        var questions = new List<DealtQuestion>();
        foreach (var line in data.Lines("hotpotqa/questions.jsonl"))
        {
            var gold = new List<string>();
            foreach (var context in line.GetProperty("contexts").EnumerateArray())
            {
                var passage = HeldPassage.Of(context);
                passages.TryAdd(passage.Text, new DealtPassage(passage, chance.Next(Teams), chance.Next(RestrictedEvery) == 0));
                if (context.GetProperty("is_supporting").GetBoolean())
                {
                    gold.Add(passage.Text);
                }
            }

            questions.Add(new DealtQuestion(DataFolder.Text(line, "question_text"), chance.Next(Teams), gold));
        }

        (Passages, Questions) = (passages, questions);
    }

    public IReadOnlyDictionary<string, DealtPassage> Passages { get; }

    public IReadOnlyList<DealtQuestion> Questions { get; }

    /// <summary>The rule of who may see what, written down apart from the product's: a passage, or a copy of it, before a team's agent.</summary>
    public static bool MaySee(DealtPassage passage, int team, bool isShared) =>
        (isShared || passage.Team == team) && (!passage.IsRestricted || team < Privileged);
}
