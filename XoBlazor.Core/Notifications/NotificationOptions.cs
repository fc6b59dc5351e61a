using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Notifications;

/// <summary>Bounds of what is told and kept (<c>Notifications:*</c>).</summary>
public sealed class NotificationOptions : IValidatableObject
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Notifications";

    /// <summary>The address people reach the console at, such as <c>https://xo.example.org</c>: links in messages begin with it. Empty for none.</summary>
    public string Address { get; set; } = "";

    /// <summary>For a mail server or another receiver to take one message.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Notifications:Patience has to lie between 1 second and 10 minutes.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the second attempt; twice as long before each one after, up to <see cref="LongestPause"/>, each shortened at random by up to half.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Notifications:FirstPause has to lie between 1 millisecond and 1 day.")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(30);

    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Notifications:LongestPause has to lie between 1 millisecond and 1 day.")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Attempts after which a message is laid aside for somebody to look at.</summary>
    [Range(1, 100, ErrorMessage = "Notifications:MostAttempts has to lie between 1 and 100.")]
    public int MostAttempts { get; set; } = 12;

    /// <summary>Messages that wait at the same time; beyond, the newest are lost, and the list of messages says so.</summary>
    [Range(10, 1_000_000, ErrorMessage = "Notifications:MostWaiting has to lie between 10 and 1000000.")]
    public int MostWaiting { get; set; } = 10_000;

    /// <summary>How long what was delivered, withheld or given up is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00", ErrorMessage = "Notifications:Kept has to lie between 1 hour and 366 days.")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(14);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Address.Length == 0 || (Uri.TryCreate(Address, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) ? []
            : [new($"{Section}:Address: '{Address}' is no address such as https://xo.example.org.")];
}
