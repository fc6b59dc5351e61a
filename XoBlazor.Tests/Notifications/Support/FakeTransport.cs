using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;

namespace XoBlazor.Tests.Notifications.Support;

/// <summary>A transport that notes what it is given, and fails when it is told to.</summary>
internal sealed class FakeTransport(string id, bool reachesPeople) : INotificationTransport
{
    private readonly List<(string Address, OutgoingMessage Message)> _sent = [];

    public string Id => id;

    public string Title => id;

    public string AddressTitle => "Address";

    public bool ReachesPeople => reachesPeople;

    public string? Obstacle { get; set; }

    /// <summary>Called before a message is taken.</summary>
    public Func<OutgoingMessage, CancellationToken, Task> Taking { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Called after it was taken.</summary>
    public Action Taken { get; set; } = static () => { };

    public IReadOnlyList<(string Address, OutgoingMessage Message)> Sent => _sent;

    public IEnumerable<string> Titles => _sent.SelectMany(one => one.Message.Parts.Select(part => part.Title));

    public string? Fault(string address) => address.Contains('@', StringComparison.Ordinal) || !reachesPeople ? null : $"'{address}' is no address.";

    public async Task SendAsync(string address, OutgoingMessage message, CancellationToken token)
    {
        await Taking(message, token);
        lock (_sent)
            _sent.Add((address, message));
        Taken();
    }

    public void Forget() => _sent.Clear();
}
