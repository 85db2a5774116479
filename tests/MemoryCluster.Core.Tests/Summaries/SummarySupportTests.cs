using MemoryCluster.Summaries;

namespace MemoryCluster.Core.Tests.Summaries;

public sealed class SummarySupportTests
{
    private static readonly string[] Flights =
    [
        "Alice booked the flight to Rome for 3 May 2026. It leaves at 8:15.",
        "Bob said \"bring the red folder\" before the meeting with Marie Curie.",
        "Do not deploy on Friday. The API lies in src/Api.cs.",
    ];

    [Theory]
    [InlineData("Alice booked a flight to Rome, 3 May 2026, leaving at 8:15; do not deploy on Friday.")]
    [InlineData("The flight to Rome leaves at 8:15. Bob's meeting with Curie: \"bring the red folder\".")]
    [InlineData("Alice booked the flight to Rome. Then Bob asked for the red folder before the meeting.")]
    [InlineData("Do not deploy on Friday. The API lies in src/Api.cs. Bob said to bring the red folder before the meeting.")]
    public void WhatTheSourcesSay_IsTaken(string text) => Assert.Null(Refused(text));

    [Theory]
    [InlineData("Alice and Zurich booked the flight to Rome before the meeting of Bob.", SummaryRefusal.Name)]
    [InlineData("Zurich booked the flight to Rome before the meeting of Bob.", SummaryRefusal.Name)]
    [InlineData("Alice Curie booked the flight to Rome before the meeting of Bob.", SummaryRefusal.Name)]
    [InlineData("Bob lies in src/Gateway.cs before the meeting about the flight to Rome.", SummaryRefusal.Name)]
    [InlineData("Alice booked the flight to Rome for 4 May 2026 and Bob said to bring the folder.", SummaryRefusal.Number)]
    [InlineData("Alice booked the flight to Rome, it leaves at 9:15, and Bob said to bring the folder.", SummaryRefusal.Number)]
    [InlineData("Alice booked two flights to Rome and Bob said to bring the folder.", SummaryRefusal.Number)]
    [InlineData("Alice booked the flight to Rome on Monday and Bob said to bring the folder.", SummaryRefusal.Name)]
    [InlineData("Alice never booked the flight to Rome. Bob said to bring the folder.", SummaryRefusal.Negation)]
    [InlineData("Bob said to bring no folder, and Alice booked the flight to Rome.", SummaryRefusal.Negation)]
    [InlineData("Avoid the flight to Rome that Alice booked. Bob said to bring the folder.", SummaryRefusal.Name)]
    [InlineData("Alice later booked the flight to Rome. Bob said to bring the red folder.", SummaryRefusal.Contradiction)]
    [InlineData("Alice said \"bring the red folder\" before the meeting with Curie about the flight.", SummaryRefusal.Contradiction)]
    [InlineData("Deploy on Friday. Bob said to bring the red folder before the meeting.", SummaryRefusal.Contradiction)]
    [InlineData("Bob said \"bring the blue folder\" before the flight to Rome that Alice booked.", SummaryRefusal.Quotation)]
    [InlineData("Bob said “Alice booked the red meeting” before the flight to Rome.", SummaryRefusal.Quotation)]
    [InlineData("PWNED", SummaryRefusal.Thin)]
    [InlineData("", SummaryRefusal.Thin)]
    [InlineData("Alice booked the flight to Rome.\u202E Bob said to bring the folder.", SummaryRefusal.Characters)]
    public void WhatNoSourceSays_IsRefused(string text, SummaryRefusal refusal) => Assert.Equal(refusal, Refused(text));

    // Every word of it stands in the sources, and it is wrong.
    [Theory]
    [InlineData("The flight to Rome leaves at 9.", SummaryRefusal.Number)]
    [InlineData("Alice paid 7 and Bob paid 5 for the flight to Rome and the flight to Paris.", SummaryRefusal.Number)]
    public void NumberOfSomethingElse_IsRefused(string text, SummaryRefusal refusal)
    {
        string[] sources = ["The flight to Rome leaves at 8. Alice paid 5.", "The flight to Paris leaves at 9. Bob paid 7."];

        Assert.Equal(refusal, SummarySupport.RefusalOf(text, sources, 1_000));
        Assert.Null(SummarySupport.RefusalOf("The flight to Rome leaves at 8 and the flight to Paris leaves at 9.", sources, 1_000));
    }

    [Fact]
    public void NumbersOfOneThing_MayBeJoined()
    {
        string[] sources = ["Ada saw case number 17 of the deploy", "Ada saw case number 18 of the deploy"];

        Assert.Null(SummarySupport.RefusalOf("Ada saw cases number 17 and 18 of the deploy.", sources, 1_000));
        Assert.Equal(SummaryRefusal.Number, SummarySupport.RefusalOf("Ada saw cases number 17 and 19 of the deploy.", sources, 1_000));
    }

    [Fact]
    public void Length_IsThatOfItsSourcesAtMost_AndOfThePolicy()
    {
        string[] sources = ["The bridge is closed for traffic."];

        Assert.Null(SummarySupport.RefusalOf("The bridge is closed.", sources, 21));
        Assert.Equal(SummaryRefusal.TooLong, SummarySupport.RefusalOf("The bridge is closed.", sources, 20));
        Assert.Equal(SummaryRefusal.TooLong, SummarySupport.RefusalOf("The bridge is closed for traffic, closed.", sources, 1_000));
    }

    // No rule tells a name of these scripts from another word, so each of their words must stand in a source.
    [Fact]
    public void ScriptWithoutCapitals_SaysNothingOfItsOwn()
    {
        string[] sources = ["会议在东京举行"];

        Assert.Null(SummarySupport.RefusalOf("东京举行", sources, 100));
        Assert.Equal(SummaryRefusal.Name, SummarySupport.RefusalOf("会议在大阪", sources, 100));
    }

    private static SummaryRefusal? Refused(string text) => SummarySupport.RefusalOf(text, Flights, 1_000);
}
