using System.Text.Json.Serialization;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>How soon it is sent, and with what together.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AtOnce), "at-once")]
[JsonDerivedType(typeof(Every), "every")]
[JsonDerivedType(typeof(Daily), "daily")]
public abstract record Pace
{
    private Pace()
    {
    }

    /// <summary>When what is told at a moment is due.</summary>
    internal abstract DateTimeOffset DueAfter(DateTimeOffset told, TimeZoneInfo zone);

    /// <summary>Each thing by itself, as soon as it is told.</summary>
    public sealed record AtOnce : Pace
    {
        public static AtOnce Instance { get; } = new();

        internal override DateTimeOffset DueAfter(DateTimeOffset told, TimeZoneInfo zone) => told;
    }

    /// <summary>Collected, and sent in one message at the next whole span since midnight UTC: every hour on the hour.</summary>
    public sealed record Every(TimeSpan Span) : Pace
    {
        internal override DateTimeOffset DueAfter(DateTimeOffset told, TimeZoneInfo zone)
        {
            var into = told.UtcTicks % Span.Ticks;
            return into == 0 ? told : told.AddTicks(Span.Ticks - into);
        }
    }

    /// <summary>Collected, and sent in one message each day at a time of the rule's zone.</summary>
    public sealed record Daily(TimeOnly Time) : Pace
    {
        internal override DateTimeOffset DueAfter(DateTimeOffset told, TimeZoneInfo zone) => LocalTimes.Next(told, Time, zone);
    }
}
