namespace XoBlazor.Core.Xapi;

/// <summary>
/// Something went wrong between us and a pool. The kinds are split by what still works, so that catching one is knowing what to do:
/// <see cref="XapiFailureException"/> the pool refused this one call; <see cref="XapiSessionLostException"/> log in again;
/// <see cref="HostIsSlaveException"/> ask the coordinator; <see cref="XapiUnreachableException"/> the pool is out of reach, try later;
/// <see cref="XapiConnectionClosedException"/> we are closing. A caller who cancels gets the usual <see cref="OperationCanceledException"/>.
/// Messages are for people and hold no secrets.
/// </summary>
public abstract class XapiException : Exception
{
    protected XapiException(string message) : base(message)
    {
    }

    protected XapiException(string message, Exception? inner) : base(message, inner)
    {
    }
}
