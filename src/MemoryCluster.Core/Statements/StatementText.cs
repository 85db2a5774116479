namespace MemoryCluster.Statements;

/// <summary>A text as the statements that it makes.</summary>
internal sealed class StatementText
{
    // A tool may answer with a book; its first statements are what a replay weighs.
    private const int StatementsMax = 256;

    private readonly HashSet<ulong> _claims;

    private StatementText(ImmutableArray<Statement> statements)
    {
        Statements = statements;
        _claims = [.. statements.SelectMany(statement => statement.Claims)];
    }

    public ImmutableArray<Statement> Statements { get; }

    /// <summary>Everything in it that can be told right or wrong.</summary>
    public IReadOnlySet<ulong> Claims => _claims;

    public static StatementText Read(string text)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var start = 0;
        for (var i = 0; i <= text.Length && statements.Count < StatementsMax; i++)
        {
            if (i == text.Length || EndsStatement(text, i))
            {
                var statement = new Statement(text.AsSpan(start, i - start));
                if (statement.Claims.Any())
                {
                    statements.Add(statement);
                }

                start = i;
            }
        }

        return new StatementText(statements.ToImmutable());
    }

    /// <summary>The share of this text's claims that another makes too, 0 to 1; 0 where it makes none.</summary>
    public double CoverageBy(StatementText other) =>
        _claims.Count == 0 ? 0 : (double)_claims.Count(other._claims.Contains) / _claims.Count;

    /// <summary>
    /// Whether a statement of this text is contradicted by one of the other's. A statement that the other text bears out somewhere is not,
    /// though it may differ from a second one there: a list of flights holds many numbers.
    /// </summary>
    public bool IsContradictedBy(StatementText other) => Statements.Any(
        statement => other.Statements.Any(statement.Contradicts) && !other.Statements.Any(each => IsBorneOut(statement, each)));

    private static bool IsBorneOut(Statement statement, Statement by) => !statement.Contradicts(by) && statement.Claims.All(by.Claims.Contains);

    // Ends of sentences and lines, and the members of a JSON object.
    private static bool EndsStatement(string text, int i) => text[i] switch
    {
        '\n' => true,
        '.' or '!' or '?' or ';' => i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]),
        ',' => i + 1 < text.Length && (text[i + 1] is '"' or '{' || (i + 2 < text.Length && text[i + 1] == ' ' && text[i + 2] is '"' or '{')),
        _ => false,
    };
}
