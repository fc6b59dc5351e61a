using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace XoBlazor.Tests.App.Support;

/// <summary>A requester who leaves at the worst moment: the token is cancelled as soon as the database has a change, and before anything else is done about it.</summary>
internal sealed class GivenUpAfterCommit : IDbTransactionInterceptor, ISaveChangesInterceptor, IDbCommandInterceptor, IDisposable
{
    private CancellationTokenSource? _leaves;

    /// <summary>A token that the next change of the database cancels.</summary>
    public CancellationToken Arm()
    {
        _leaves = new CancellationTokenSource();
        return _leaves.Token;
    }

    public void Dispose() => _leaves?.Dispose();

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        _leaves?.Cancel();
        return Task.CompletedTask;
    }

    ValueTask<int> ISaveChangesInterceptor.SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            _leaves?.Cancel();
        return new(result);
    }

    ValueTask<int> IDbCommandInterceptor.NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            _leaves?.Cancel();
        return new(result);
    }
}
