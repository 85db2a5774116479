using MemoryCluster.Consolidation;

namespace MemoryCluster.Core.Tests.Consolidation;

public sealed class MatterTests
{
    [Theory]
    [InlineData("Check the token before the login of the app.", "Check the token of the app again before every login.", true)]
    // hardly a word in common
    [InlineData("Check the token before the login.", "Sort the songs by their release date.", false)]
    // other tools, other services
    [InlineData("Read all pages of the list with show_songs.", "Read all pages of the list with show_albums.", false)]
    [InlineData("Read all pages of the list with show_songs.", "Read all pages of the list with show_songs and show_albums.", true)]
    [InlineData("Read all pages of the list from Spotify.", "Read all pages of the list from Venmo.", false)]
    [InlineData("Read all pages of the list from the API.", "Read all pages of the list from the URL.", true)]
    [InlineData("Read all pages of the list.", "Read all pages of the list from Venmo.", true)]
    // what one warns of and the other does
    [InlineData("Use an iterator instead of list comprehensions that return values.", "Use list comprehensions to extract the values.", false)]
    [InlineData("Avoid relying on stored passwords for the login; use OAuth.", "For the login the agent was relying on stored passwords.", false)]
    [InlineData("Check the token to avoid stored password errors.", "Check the token and the stored password errors.", true)]
    // one end of a scale and the other, of one thing named in code
    [InlineData("Sort by play_count to find the most played song.", "Sort by play_count to find the least played song.", false)]
    [InlineData("Find the most played song of the list.", "Find the most played song of the whole list.", true)]
    // an act and its undoing
    [InlineData("Find the artists of the list to follow.", "Find the artists of the list to unfollow.", false)]
    [InlineData("Log in where the call is unauthorized.", "Log in so that the call is authorized.", true)]
    // into what is turned what
    [InlineData("Convert the sets of results to lists.", "Convert the lists of results to lines.", true)]
    [InlineData("Convert results from sets to lists.", "Convert results from lists to strings.", false)]
    [InlineData("Convert sets to lists before the end.", "Convert lists to strings before the end.", false)]
    public void Advice_JoinsWhereItIsAboutOneMatter(string left, string right, bool joins)
    {
        var (one, other) = (MatterOf(left), MatterOf(right));

        Assert.Equal((joins, joins), (one.MayJoin(other), other.MayJoin(one)));
    }

    [Fact]
    public void WordsThatEverybodySays_AreNoMatterInCommon()
    {
        const string One = "The better approach worked because it read the queue.";
        const string Other = "The better approach worked because it mended the alarm.";

        Assert.True(MatterOf(One).MayJoin(MatterOf(Other)));
        Assert.False(Matter.Of(Sentences.Of(One), Rarity).MayJoin(Matter.Of(Sentences.Of(Other), Rarity)));

        static float Rarity(string stem) => stem is "better" or "approach" or "work" or "becaus" ? 0.1f : 5;
    }

    private static Matter MatterOf(string text) => Matter.Of(Sentences.Of(text), static _ => 1);
}
