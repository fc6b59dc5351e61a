using XoBlazor.Core.Notifications.Posting;

namespace XoBlazor.Core.Notifications;

/// <summary>A way to send messages. Safe from any thread.</summary>
public interface INotificationTransport
{
    /// <summary>Lasting; stands in rules.</summary>
    string Id { get; }

    /// <summary>For people, such as "E-mail".</summary>
    string Title { get; }

    /// <summary>What an address is for it, such as "E-mail address".</summary>
    string AddressTitle { get; }

    /// <summary>It reaches accounts by their e-mail address.</summary>
    bool ReachesPeople { get; }

    /// <summary>The id of the plugin by which it goes; null for one of the server's own.</summary>
    string? Plugin => null;

    /// <summary>Why nothing can be sent now, in words with the next step; null when it can.</summary>
    string? Obstacle { get; }

    /// <summary>Why nothing can be sent to an address, whatever the message; null when it can.</summary>
    string? Fault(string address);

    /// <summary>Sends one message to one address; ends when the receiver took it. Fails with <see cref="NotificationException"/>, which says whether trying again may help.</summary>
    Task SendAsync(string address, OutgoingMessage message, CancellationToken token);
}
