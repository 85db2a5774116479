namespace MemoryCluster.Storage.Redis;

/// <summary>Everything that changes a store. A script runs alone and whole; its checks come before its first write.</summary>
internal static class RedisScripts
{
    /// <summary>
    /// KEYS as <see cref="RedisKeys.All"/>; ARGV: the generation that the catalogue tells, or '' for a store to be made, and a new one.
    /// </summary>
    public static readonly RedisScript Open = new(
        """
        local meta = redis.call('HMGET', KEYS[1], 'generation', 'records', 'tombs')
        if not meta[1] then
          if ARGV[1] ~= '' then return {'gone'} end
          redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'epoch', 0, 'seq', 0, 'records', 0, 'tombs', 0)
          meta = {ARGV[2], 0, 0}
        end
        if ARGV[1] ~= '' and ARGV[1] ~= meta[1] then return {'other', meta[1]} end
        local records, tombs = redis.call('ZCARD', KEYS[2]), redis.call('HLEN', KEYS[4])
        if records ~= tonumber(meta[2]) or tombs ~= tonumber(meta[3]) then
          return {'short', meta[2], records, meta[3], tombs}
        end
        local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
        return {'ok', epoch, redis.call('HGET', KEYS[1], 'seq'), meta[1]}
        """);

    /// <summary>
    /// ARGV: epoch, first and last seq, record prefix, operation prefix, lifetime of operations in ms; then words of four:
    /// p seq key payload, d seq key '', e seq key '', o at key value, and m seq at '' behind each mutation.
    /// </summary>
    public static readonly RedisScript Append = new(
        """
        local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
        if meta[1] ~= ARGV[1] then return {'fenced', meta[1] or 'none'} end
        if meta[2] ~= '0' and tonumber(meta[2]) + 1 ~= tonumber(ARGV[2]) then return {'sequence', meta[2]} end
        for i = 7, #ARGV, 4 do
          local kind = ARGV[i]
          if kind == 'p' and redis.call('HEXISTS', KEYS[4], ARGV[i + 2]) == 1 then
            return {'tombstoned', ARGV[i + 2]}
          elseif kind == 'o' then
            local at = redis.call('ZSCORE', KEYS[5], ARGV[i + 2])
            if at and tonumber(ARGV[i + 1]) - tonumber(at) < tonumber(ARGV[6]) then return {'repeated', ARGV[i + 2]} end
          end
        end

        local records, tombs = 0, 0
        local puts, deletes, erases, operation = {}, {}, {}, ''
        for i = 7, #ARGV, 4 do
          local kind, number, key = ARGV[i], ARGV[i + 1], ARGV[i + 2]
          if kind == 'p' then
            redis.call('HSET', ARGV[4] .. key, 'p', ARGV[i + 3], 's', number)
            records = records + redis.call('ZADD', KEYS[2], number, key)
            puts[#puts + 1] = key
          elseif kind == 'd' or kind == 'e' then
            redis.call('DEL', ARGV[4] .. key)
            records = records - redis.call('ZREM', KEYS[2], key)
            if kind == 'e' then
              tombs = tombs + redis.call('HSETNX', KEYS[4], key, number)
              erases[#erases + 1] = key
            else
              deletes[#deletes + 1] = key
            end
          elseif kind == 'o' then
            redis.call('SET', ARGV[5] .. key, ARGV[i + 3], 'PX', ARGV[6])
            redis.call('ZADD', KEYS[5], number, key)
            operation = key
          else
            redis.call('XADD', KEYS[3], number .. '-0', 'at', key, 'put', table.concat(puts), 'delete', table.concat(deletes),
              'erase', table.concat(erases), 'operation', operation)
            puts, deletes, erases, operation = {}, {}, {}, ''
          end
        end
        redis.call('HSET', KEYS[1], 'seq', ARGV[3])
        redis.call('HINCRBY', KEYS[1], 'records', records)
        redis.call('HINCRBY', KEYS[1], 'tombs', tombs)
        return {'ok'}
        """);

    /// <summary>
    /// ARGV: record prefix, operation prefix, how many at most. Fences every owner first; returns how many records and operations it removed, and
    /// removes the rest once that is 0.
    /// </summary>
    public static readonly RedisScript Destroy = new(
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'epoch', 1) end
        local records = redis.call('ZRANGE', KEYS[2], 0, ARGV[3] - 1)
        for _, key in ipairs(records) do
          redis.call('DEL', ARGV[1] .. key)
          redis.call('ZREM', KEYS[2], key)
        end
        local operations = redis.call('ZRANGE', KEYS[5], 0, ARGV[3] - 1)
        for _, key in ipairs(operations) do
          redis.call('DEL', ARGV[2] .. key)
          redis.call('ZREM', KEYS[5], key)
        end
        if #records + #operations == 0 then redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]) end
        return {'ok', #records + #operations}
        """);

    /// <summary>ARGV: epoch, operation prefix, Unix ms before which operations go, how many at most, log entries to leave.</summary>
    public static readonly RedisScript Maintain = new(
        """
        if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return {'fenced'} end
        local old = redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', '(' .. ARGV[3], 'LIMIT', 0, ARGV[4])
        for _, key in ipairs(old) do
          redis.call('DEL', ARGV[2] .. key)
          redis.call('ZREM', KEYS[5], key)
        end
        redis.call('XTRIM', KEYS[3], 'MAXLEN', '~', ARGV[5])
        return {'ok', #old}
        """);
}
