namespace MemoryCluster;

/// <summary>Where an offer between two teams stands.</summary>
public enum DiffusionStatus
{
    Unspecified = 0,

    /// <summary>Decided; the other team may or may not have it yet.</summary>
    Offering = 1,

    /// <summary>A candidate there.</summary>
    Offered = 2,

    /// <summary>Their own use has confirmed it.</summary>
    Confirmed = 3,

    /// <summary>Their own use has shown that it does not help them.</summary>
    Refuted = 4,

    /// <summary>Not offered; asked again when the memory changes, or after a week.</summary>
    Refused = 5,

    /// <summary>Another memory of the team says the same in general and was offered: it counts once.</summary>
    Duplicate = 6,

    /// <summary>The other team deleted it; it is not offered again.</summary>
    Declined = 7,

    /// <summary>The source is gone or changed; the copy is being taken back.</summary>
    Withdrawing = 8,

    /// <summary>The copy is gone.</summary>
    Withdrawn = 9,
}
