// A Kinesis server on a free port of this machine, which it prints. It ends with its standard input.
const kinesalite = require('kinesalite')

const server = kinesalite({ createStreamMs: 10, deleteStreamMs: 10, updateStreamMs: 10, shardLimit: 100 })
server.listen(Number(process.argv[2] || 0), '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
