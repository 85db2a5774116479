namespace MemoryCluster.Simulations.Scenarios;

/// <summary>A model that words summaries at once, late, or not, and now and then makes something up.</summary>
/// <param name="world">Where it stands.</param>
/// <param name="random">The silo's chance.</param>
internal sealed class FaultySummaryWriter(OutsideWorld world, Random random) : ISummaryWriter
{
    private const int LateMaxMs = 10_000;

    public string Model => "outside";

    public async Task<SummaryAnswer> WriteAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        switch (random.Next(8))
        {
            case 0:
                throw new SummaryException("busy");
            case 1:
                return new SummaryAnswer("Mallory was here, and nobody else.", Model, true);
            case 2 or 3 or 4:
                await world.Delay(TimeSpan.FromMilliseconds(random.Next(LateMaxMs))).WaitAsync(cancellationToken);
                break;
        }

        // all that it was given, in other lines
        return new SummaryAnswer(string.Join(' ', request.Sources.Select(source => source.ReplaceLineEndings(" "))), Model, true);
    }
}
