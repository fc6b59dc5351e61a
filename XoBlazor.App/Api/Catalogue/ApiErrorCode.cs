namespace XoBlazor.App.Api.Catalogue;

/// <summary>Xen Orchestra's error codes (<c>xo-common/api-errors.js</c>) and those of JSON-RPC 2.0.</summary>
internal static class ApiErrorCode
{
    public const int NotImplemented = 0;
    public const int NoSuchObject = 1;
    public const int Unauthorized = 2;
    public const int InvalidCredentials = 3;
    public const int ForbiddenOperation = 5;
    public const int NoHostsAvailable = 7;
    public const int AuthenticationFailed = 8;
    public const int ServerUnreachable = 9;
    public const int InvalidParameters = 10;
    public const int VmMissingPvDrivers = 11;
    public const int VmIsTemplate = 12;
    public const int VmBadPowerState = 13;
    public const int VmLacksFeature = 14;
    public const int NotSupportedDuringUpgrade = 15;
    public const int ObjectAlreadyExists = 16;
    public const int VdiInUse = 17;
    public const int HostOffline = 18;
    public const int OperationBlocked = 19;
    public const int OperationFailed = 21;
    public const int IncorrectState = 25;
    public const int ServiceUnavailable = 28;

    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;

    /// <summary>Whatever has no code of its own: the peer's default.</summary>
    public const int Unknown = -32000;

    /// <summary>More calls at once or in a second than one connection may have under way.</summary>
    public const int TooMany = -32005;
}
