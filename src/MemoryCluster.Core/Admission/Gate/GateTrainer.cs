namespace MemoryCluster.Admission.Gate;

/// <summary>
/// Learning to Share (arXiv 2602.05965 §2.1): a stepwise policy gradient with the return normalised within the runs of a task, credit for
/// steps that others used later, and a price for every step kept. What the paper leaves open is argued for in ADR 6.
/// </summary>
/// <remarks>
/// Groups are learned from in the order in which they are given, steps in theirs, in doubles and without chance: the same log gives the
/// same weights to the last bit.
/// </remarks>
public sealed class GateTrainer(GateTrainerState state, GateTrainerOptions options)
{
    // Keeps a group whose runs all earned the same from dividing by nothing (the paper's eps).
    private const double DeviationMin = 1e-6;

    private readonly double[] _weights = [.. state.Weights];
    private readonly double[] _squares = [.. state.Squares];
    private readonly double[] _averages = [.. state.Averages];
    private readonly Queue<GateSample> _samples = new(state.Samples);
    private long _groups = state.Groups;

    public GateTrainerState State => state with
    {
        Weights = [.. _weights], Squares = [.. _squares], Averages = [.. _averages], Samples = [.. _samples], Groups = _groups,
    };

    /// <summary>Learns from the runs of one task.</summary>
    public void Learn(IReadOnlyList<GateRun> group)
    {
        var (mean, deviation) = Spread(group);
        foreach (var run in group)
        {
            var advantage = (run.Return - mean) / (deviation + DeviationMin);
            foreach (var step in run.Steps)
            {
                Learn(step, advantage, run.Return);
                Remember(step);
            }
        }

        _groups++;
        // The first groups are averaged evenly, later ones with a fading memory.
        var share = 1.0 / Math.Min(_groups, options.AveragedGroups);
        for (var index = 0; index < _weights.Length; index++)
        {
            _averages[index] += share * (_weights[index] - _averages[index]);
        }
    }

    /// <summary>The policy learned so far, calibrated on the latest labelled steps.</summary>
    public GatePolicy Publish(GatePolicy parent, long version)
    {
        var scored = _samples.Select(sample => (LearnedGate.Score(_averages, sample.Features.AsSpan()), sample.IsUseful)).ToArray();
        var (slope, offset) = PlattScaling.Fit(scored);
        return parent with
        {
            Version = version, Parent = parent.Version, Weights = [.. _averages], CalibrationSlope = slope, CalibrationOffset = offset,
        };
    }

    private void Learn(GateStep step, double advantage, double earned)
    {
        var features = step.Features.AsSpan();
        var score = LearnedGate.Score(_weights, features);
        var keep = 1 / (1 + Math.Exp(-score));
        var taken = step.IsKept ? 1.0 : 0.0;
        // The log was written by another policy, or by chance: what that one took more often than this one counts less.
        var importance = Math.Min(options.ImportanceMax, (step.IsKept ? keep : 1 - keep) / step.Propensity);
        var slope = keep * (1 - keep);
        // d/dscore of: log pi(taken) A - sparsity pi(keep) + entropy H(pi).
        var gradient = (importance * (taken - keep) * (advantage + Credit(step, earned))) - (options.Sparsity * slope) - (options.Entropy * slope * score);
        // A step that was logged before a feature was added has a value less: it weighed nothing.
        for (var index = 0; index < Math.Min(_weights.Length, features.Length); index++)
        {
            var part = gradient * features[index];
            if (part != 0)
            {
                _squares[index] += part * part;
                _weights[index] += options.LearningRate * part / Math.Sqrt(_squares[index] + DeviationMin);
            }
        }
    }

    // The credit belongs to the decision that was taken: a dropped step that others needed speaks against dropping it.
    private double Credit(GateStep step, double earned)
    {
        var worth = step.ReplayEffect is { } effect ? options.ReplayCredit * effect : 0;
        worth += (step.Uses > 0 && earned > 0) || (!step.IsKept && step.Repeats > 0) ? options.UsageCredit : 0;
        worth -= step.Contradictions > 0 ? options.ContradictionDebit : 0;
        return step.IsKept ? worth : -worth;
    }

    private void Remember(GateStep step)
    {
        _samples.Enqueue(new GateSample(step.Features, step.IsUseful));
        while (_samples.Count > options.SamplesMax)
        {
            _ = _samples.Dequeue();
        }
    }

    private static (double Mean, double Deviation) Spread(IReadOnlyList<GateRun> group)
    {
        if (group.Count == 0)
        {
            return (0, 0);
        }

        var mean = group.Sum(run => run.Return) / group.Count;
        return (mean, Math.Sqrt(group.Sum(run => (run.Return - mean) * (run.Return - mean)) / group.Count));
    }
}
