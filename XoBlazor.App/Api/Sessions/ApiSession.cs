using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Sessions;

/// <summary>
/// Somebody signed in on one connection of the API, by password or by token. Over when they sign out or go, or when the sign-in or token behind it ends:
/// then <see cref="Ended"/> is cancelled, once. Safe from any thread.
/// </summary>
internal sealed class ApiSession : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly VisibleStores _stores;
    private readonly Lazy<VisibleStore> _view;
    private CancellationTokenRegistration _behind;
    private int _isOver;

    public ApiSession(Guid account, Requester requester, VisibleStores stores)
    {
        (Account, Requester, Ended, _stores) = (account, requester, _ended.Token, stores);
        _view = new(() => stores.For(requester.Actor));
    }

    public Guid Account { get; }

    public Requester Requester { get; }

    /// <summary>The token it was signed in with; null for a password.</summary>
    public Guid? Token { get; init; }

    /// <summary>The entry among everybody's sign-ins; null for a token.</summary>
    public Guid? SignIn { get; init; }

    /// <summary>What this person sees, for as long as the session lasts; by what is granted at this moment.</summary>
    public VisibleStore View
    {
        get
        {
            _stores.Settle();
            return _view.Value;
        }
    }

    public CancellationToken Ended { get; }

    /// <summary>It was ended by what stands behind it: nothing it left to be fetched is given out any more.</summary>
    public bool IsRevoked { get; private set; }

    /// <summary>Ends with what stands behind it.</summary>
    public void EndWith(CancellationToken behind) => _behind = behind.Register(Revoke);

    public void Revoke()
    {
        IsRevoked = true;
        End();
    }

    /// <summary>The owner signed out or went.</summary>
    public void Dispose()
    {
        _behind.Dispose();
        End();
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        _ended.Cancel();
        if (_view.IsValueCreated)
            _view.Value.Dispose();
    }
}
