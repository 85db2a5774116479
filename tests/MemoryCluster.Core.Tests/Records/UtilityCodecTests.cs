using MemoryCluster.Records;

namespace MemoryCluster.Core.Tests.Records;

public sealed class UtilityCodecTests
{
    private static readonly MemoryId Id = new(Guid.ParseExact("019a2b3c-4d5e-7f60-8a1b-2c3d00000007", "D"));

    // Weight 1.25, reward sum 2.5, trials 2.9, credit 0.7, three uses, two successes, four confirmations, prior 1, last used 2026-01-02T03:04:05Z,
    // stage "draft" at 0.6 of two uses.
    private const string Sample =
        "0407019A2B3C4D5E7F608A1B2C3D00000007000000000000F43F00000000000004403333333333330740666666666666E63F03000000000000000200"
        + "0000000000000400000000000000000000000000F03F8000B796AB49DE080105006472616674333333333333E33F0200000000000000";

    private static readonly MemoryUtility Utility = new()
    {
        Weight = 1.25, RewardSum = 2.5, Trials = 2.9, Credit = 0.7, Uses = 3, Successes = 2, Confirmations = 4, Prior = 1,
        LastUsedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Stages = [new StageValue("draft", 0.6, 2)],
    };

    [Fact]
    public void Sample_IsReadAsItWasWritten()
    {
        var (id, utility) = UtilityCodec.Decode(Convert.FromHexString(Sample));

        Assert.Equal(Id, id);
        Assert.Equal(Utility.Stages!.Value.AsEnumerable(), utility.Stages!.Value);
        Assert.Equal(Utility with { Stages = null }, utility with { Stages = null });
        Assert.Equal(Sample, Convert.ToHexString(UtilityCodec.Encode(Id, Utility)));
    }

    [Fact]
    public void WhatIsNotThere_StaysNotThere()
    {
        var unused = new MemoryUtility { Weight = 0.5, Confirmations = 1 };

        Assert.Equal((Id, unused), UtilityCodec.Decode(UtilityCodec.Encode(Id, unused)));
    }

    [Fact]
    public void UsesMeasuredByReplay_AreKept() =>
        Assert.Equal(7, UtilityCodec.Decode(UtilityCodec.Encode(Id, Utility with { Uses = 9, Replayed = 7 })).Utility.Replayed);

    [Fact]
    public void RecordThatIsCutAnywhere_IsCorrupt()
    {
        var payload = UtilityCodec.Encode(Id, Utility);

        for (var length = 0; length < payload.Length; length++)
        {
            var fault = Assert.Throws<MemoryClusterException>(() => UtilityCodec.Decode(payload.AsMemory(0, length)));
            Assert.Equal(MemoryFault.StoreCorrupt, fault.Fault);
        }
    }

    [Fact]
    public void Key_IsNoMemorysAndNoHashs_AndEachMemorysOwn()
    {
        var key = UtilityCodec.KeyOf(Id).Value;

        Assert.Equal("019a2b3c-4d5e-8f60-8a1b-2c3d00000007", key.ToString("D"));
        Assert.NotEqual(key, UtilityCodec.KeyOf(new MemoryId(Guid.ParseExact("019a2b3c-4d5e-7f60-8a1b-2c3d00000008", "D"))).Value);
    }
}
